"""What can be wrong with a date, as typed data."""


class DateProblem(ValueError):  # noqa: N818 - a problem of the data, named as on screen
    """A text that is no usable date: a kebab-case code, what is wrong, what would be right."""

    def __init__(self, code: str, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.code = code
        self.problem = problem
        self.remedy = remedy


class AmbiguousDate(DateProblem):
    """A date that can be read in two ways, such as 03/04/2025; never guessed."""
