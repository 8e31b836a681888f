"""Number words and digits, part by part → one number.

A number is read as a falling sum of parts: a scale word multiplies the parts below it ("two
hundred" thousand), anything else must fit below the last part ("two thousand" five). That one rule
serves all the languages of the tables.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from loaders.numbers.marks import Convention, read_digits
from loaders.numbers.tokens import Token, Tokens

THOUSAND = 1000
_DOZENS = (12, 20)
_Reader = Callable[[Token, set[str], int], bool]
_JOINERS = ("and", "dash", "of", "article", "comma", "point")


def _room(part: Fraction) -> Fraction:
    """Return the power of ten below which more can be added to ``part``: 100 for 2300."""
    room = Fraction(1)
    while part and part % (room * 10) == 0:
        room *= 10
    return room


@dataclass
class Sum:
    """A number being read; the sum of ``parts`` is its value so far."""

    tokens: Tokens
    marks: Convention
    joined: bool
    parts: list[Fraction] = field(default_factory=list)
    chain: list[Fraction] = field(default_factory=list)
    last: str = ""
    value: Fraction = Fraction(0)
    loose: bool = False

    def take(self, place: int) -> int:
        """Take the token at ``place``, with joiners before it; return the place behind, or 0."""
        joiners, at = self._joiners(place)
        if at >= len(self.tokens):
            return 0
        token = self.tokens[at]
        for kind, reader in self._readers():
            if token.can(kind) and reader(token, joiners, at):
                self.last = kind
                return at + 1
        return 0

    def _readers(self) -> tuple[tuple[str, _Reader], ...]:
        return (
            ("digits", self._digits),
            ("dual", self._dual),
            ("teen", self._teen),
            ("fraction", self._fraction),
            ("number", self._number),
            ("scale", self._scale),
            ("plural", self._scale),
            ("loose", self._scale),
        )

    def _joiners(self, place: int) -> tuple[set[str], int]:
        """Return the little words from ``place`` on that can join two parts of a number."""
        joiners: set[str] = set()
        while place < len(self.tokens) and len(joiners) < 4:
            kind = next((k for k in self._allowed() if self.tokens[place].can(k)), None)
            if not kind or kind in joiners or self._is_part(place):
                break
            if kind == "dash" and not self._tight(place):
                break
            joiners.add(kind)
            place += 1
        return joiners, place

    def _allowed(self) -> tuple[str, ...]:
        if not self.last:
            return ("article",)
        return tuple(k for k in _JOINERS if k != "and" or self.joined)

    def _is_part(self, place: int) -> bool:
        return self.tokens[place].can("digits", "number", "scale", "fraction", "plural")

    def _tight(self, place: int) -> bool:
        """Say whether the dash at ``place`` is a hyphen between two words."""
        after = self.tokens[place + 1 : place + 2]
        scale = self.last == "digits" and all(t.can("scale") for t in after)
        words = scale or (self.last != "digits" and not any(t.can("digits") for t in after))
        return words and self.tokens[place].tight and all(t.tight for t in after)

    def _digits(self, token: Token, joiners: set[str], at: int) -> bool:
        if "point" in joiners:
            return False
        below_scale = not self.last or (self.chain and self.chain[-1] >= THOUSAND)
        if not below_scale or joiners - {"and"}:
            return False
        following = self.tokens[at + 1 : at + 2]
        scaled = any(t.can("scale", "plural", "dual") and not t.can("unit") for t in following)
        return self._add(read_digits(token.text, scaled, self.marks))

    def _number(self, token: Token, joiners: set[str], at: int) -> bool:
        value = token.senses["number"].value
        if "point" in joiners and value < 10:
            self.parts[-1] += value / 10
            return True
        if joiners - {"and", "dash", "comma"} or self.last == "digits":
            return False
        following = self.tokens[at + 1 : at + 2]
        if "comma" in joiners and not any(t.can("scale") for t in following):
            return False
        if self._units_first(token, joiners):
            self.parts[-1] += value
            return True
        return self._add(value)

    def _units_first(self, token: Token, joiners: set[str]) -> bool:
        """Say whether the token is the tens of an Arabic five-and-twenty."""
        value = token.senses["number"].value
        unit = bool(self.parts) and self.last == "number" and 0 < self.parts[-1] < 10
        tens = 20 <= value < 100 and value % 10 == 0 and not token.text.isascii()
        return unit and tens and "and" in joiners

    def _add(self, value: Fraction) -> bool:
        if self.parts and not self._fits(value):
            return False
        self.parts.append(value)
        self.chain = []
        return True

    def _fits(self, value: Fraction) -> bool:
        """Say whether ``value`` can follow the last part: 3 after 20, and French 15 after 60."""
        last = self.parts[-1]
        french = last in (60, 80) and 10 <= value < 20 and self.last == "number"
        return last.denominator == 1 and last > 0 and (0 < value < _room(last) or french)

    def _teen(self, token: Token, joiners: set[str], at: int) -> bool:
        if self.parts and self.last == "number" and 0 < self.parts[-1] < 10:
            self.parts[-1] += 10
            return True
        return not joiners and self._add(Fraction(10))

    def _dual(self, token: Token, joiners: set[str], at: int) -> bool:
        """Read a word that is a scale behind a number and twice that scale on its own."""
        scale = token.senses["dual"].value
        if self.parts and self.parts[-1] < scale and "and" not in joiners:
            return self._multiply(scale)
        return self._add(2 * scale)

    def _scale(self, token: Token, joiners: set[str], at: int) -> bool:
        kind = next(k for k in ("scale", "plural", "loose") if token.can(k))
        scale = token.senses[kind].value
        if not self._may_scale(token, kind, joiners):
            return False
        self.loose = self.loose or (kind == "loose" and self.value_is_one())
        fresh = not self.parts or ("and" in joiners and self.last != "fraction")
        return self._push(scale) if fresh else self._multiply(scale)

    def value_is_one(self) -> bool:
        """Say whether the number so far is none, one or a fraction, as in "une centaine"."""
        return not self.parts or (len(self.parts) == 1 and self.parts[0] <= 1)

    def _may_scale(self, token: Token, kind: str, joiners: set[str]) -> bool:
        if "comma" in joiners:
            return False
        if "article" in joiners and self.last not in ("", "fraction") and "and" not in joiners:
            return False
        if "of" in joiners and self.last in ("digits", "number") and self.parts[-1] != 2:
            return False
        if kind == "plural" and not self.parts:
            return False
        return not (token.can("unit") and self.last == "digits")

    def _push(self, value: Fraction) -> bool:
        pushed = self._add(value)
        self.chain = [value] if pushed else self.chain
        return pushed

    def _multiply(self, scale: Fraction) -> bool:
        below = self._below(scale)
        if not below:
            return scale < _room(self.parts[-1]) and self._push(scale)
        kept = self.parts[: len(self.parts) - below]
        product = sum(self.parts[len(kept) :], Fraction(0)) * scale
        if kept and product >= _room(kept[-1]):
            return False
        self.parts = [*kept, product]
        self.chain.append(scale)
        return True

    def _below(self, scale: Fraction) -> int:
        """Return how many of the last parts the scale multiplies."""
        if scale in _DOZENS and self.last in ("digits", "number", "fraction"):
            return len(self.parts)
        below = 0
        while below < len(self.parts) and self.parts[-1 - below] < scale:
            below += 1
        return below or int(self.last == "digits")

    def _fraction(self, token: Token, joiners: set[str], at: int) -> bool:
        """Read a half: of a scale to come, of the last scale, or added to the last digits."""
        value = token.senses["fraction"].value
        if not self.parts:
            return self._add(value)
        large = self.parts[-1] >= THOUSAND * THOUSAND
        if self.chain and (large or not self._scale_follows(at)):
            self.parts[-1] += value * self.chain[-1]
        elif "and" in joiners or "/" in token.text:
            self.parts[-1] += value
        else:
            self.parts[-1] *= value
        return True

    def _scale_follows(self, at: int) -> bool:
        rest = self.tokens[at + 1 : at + 4]
        while rest and rest[0].can("of", "article", "dash") and not rest[0].can("scale"):
            rest = rest[1:]
        return bool(rest) and rest[0].can("scale", "plural", "dual", "loose")
