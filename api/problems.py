"""What is wrong with a request, as data: where, what was found, what was expected, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field

LONGEST_SHOWN = 60
MOST_LISTED = 40


class Trouble(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(description="The parameter, or the part of the address.")
    found: str = Field(description="What was given, shortened.")
    expected: str = Field(description="What would be right.")
    remedy: str = Field(description="What to do.")


class Problem(BaseModel):
    """A problem in the form of RFC 9457 (application/problem+json)."""

    type: str = Field(description="The kind of problem, as an address that explains it.")
    title: str = Field(description="The kind of problem in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong, in a sentence.")
    problems: list[Trouble] = Field(description="Each thing that is wrong.")


@dataclass
class RequestError(Exception):
    """A request that gets no answer: the status, a kind for programs, and each trouble."""

    status: int
    kind: str
    title: str
    troubles: tuple[Trouble, ...]
    detail: str = ""

    def problem(self) -> Problem:
        """Return what is sent."""
        first = self.troubles[0] if self.troubles else None
        sentence = first and f"{first.where}: {first.found}. {first.remedy}"
        return Problem(
            type=f"/api/v1/#{self.kind}",
            title=self.title,
            status=self.status,
            detail=self.detail or sentence or self.title,
            problems=list(self.troubles),
        )


def shown(value: object) -> str:
    """Return what somebody wrote, short enough to be repeated."""
    text = str(value)
    text = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return f"“{text}”"


def wrong(troubles: Sequence[Trouble]) -> RequestError:
    """Return that parameters do not fit (422)."""
    title = "The request cannot be understood"
    return RequestError(422, "bad-parameter", title, tuple(troubles))


def unknown(where: str, found: object, there: Sequence[str]) -> RequestError:
    """Return that the data hold nothing under a name (404), with the names they hold."""
    listed = ", ".join(there[:MOST_LISTED]) + (" …" if len(there) > MOST_LISTED else "")
    expected = f"one of: {listed}" if there else "nothing: there is no data"
    remedy = "Use a name that is in the data."
    trouble = Trouble(where=where, found=shown(found), expected=expected, remedy=remedy)
    return RequestError(404, "not-there", "The data hold nothing under that name", (trouble,))


def changed() -> RequestError:
    """Return that the data changed since the first page of an answer (409)."""
    detail = "The data changed since the first page was read. Start again at the first page."
    return RequestError(409, "changed", "The data changed", (), detail)


def no_such_address(path: str, there: Sequence[str]) -> RequestError:
    """Return that nothing lives at an address (404)."""
    trouble = Trouble(
        where="the address",
        found=shown(path),
        expected="one of: " + ", ".join(there),
        remedy="See /api/v1/ for what there is.",
    )
    return RequestError(404, "no-such-address", "There is nothing at this address", (trouble,))


def switched_off() -> RequestError:
    """Return that this server answers people only (404)."""
    detail = "The machine interface is switched off on this server."
    return RequestError(404, "switched-off", "Switched off", (), detail)


def only_reading() -> RequestError:
    """Return that only reading is possible (405)."""
    detail = "This interface is for reading: use GET, HEAD or OPTIONS."
    return RequestError(405, "only-reading", "Only reading is possible", (), detail)


def too_long() -> RequestError:
    """Return that the question is longer than any that makes sense (414)."""
    detail = "The question is too long. Ask for fewer things at once."
    return RequestError(414, "too-long", "The question is too long", (), detail)


def busy() -> RequestError:
    """Return that too many wait already (503)."""
    detail = "Too many questions wait for an answer. Ask again in some seconds."
    return RequestError(503, "busy", "Too many questions at once", (), detail)


def not_fetched() -> RequestError:
    """Return that figures kept elsewhere could never be fetched, so that none is known (503)."""
    detail = "The figures could not be fetched yet; that none is told does not mean there is none."
    return RequestError(503, "not-fetched", "The figures could not be fetched yet", (), detail)


def failed() -> RequestError:
    """Return that the fault is ours (500)."""
    detail = "The answer could not be worked out. The server's log says why."
    return RequestError(500, "failed", "The answer could not be worked out", (), detail)
