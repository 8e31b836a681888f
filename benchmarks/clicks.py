"""How long a reader waits after choosing, in a real browser; ``benchmarks.browser`` runs it."""

import statistics

import psutil

RULES = (
    ("Highest figure", "rule=highest"),
    ("Lowest figure", "rule=lowest"),
    ("Middle figure", "rule=median"),
    ("Source listed first", "rule=priority"),
)
PICKED = (22, 23, 18, 19, 10, 26, 12, 20, 14, 27, 16, 21, 13, 25, 11, 28, 15, 9, 17, 24)
DAYS = [f"2025-12-{number}" for number in (10, 12, 13, 15, 16, 18, 19, 20, 21, 23)]
# From a click on, until the page says what was chosen, the script has come to its rest, every
# picture is decoded, and the frame with all of it is painted.
CLICKED = """
([ending, words]) => {
  const taken = window.taken = {start: 0, all: 0};
  addEventListener('pointerdown', () => { taken.start = performance.now(); },
    {once: true, capture: true});
  const found = name => [...document.querySelectorAll(`[data-testid=${name}]`)];
  const noted = () => { taken.all = performance.now() - taken.start; };
  const painted = () => scheduler.postTask(noted, {priority: 'user-blocking'});
  const look = () => {
    const app = document.querySelector('[data-test-script-state]');
    const rests = location.href.includes(ending) && app.dataset.testScriptState === 'notRunning';
    const said = found('stCaptionContainer').some(e => e.textContent.includes(words));
    const drawn = found('stImage').every(
      e => [...e.querySelectorAll('img')].every(i => i.complete && i.naturalWidth));
    if (taken.start && rests && said && drawn) requestAnimationFrame(painted);
    else setTimeout(look, 4);
  };
  look();
}
"""


def measured(context, address: str, pid: int) -> dict[str, list[dict[str, float]]]:
    """Choose each way of picking a figure on several days, then days in the calendar.

    Returns, for both, the ms until all is painted and the server's processor time. A reader looks
    at what a click brought for two seconds before the next one, and at a first page for longer.
    """
    page, server = context.new_page(), psutil.Process(pid)
    rules, days = [], []
    for day in DAYS:
        _open(page, address.replace("2025-12-24", day), 3000)
        for label, ending in RULES:
            page.get_by_role("combobox", name="Where sources differ").first.click()
            option = page.get_by_role("option", name=label, exact=True)
            rules.append(_clicked(page, server, option, ending, f"differ: {label.lower()}"))
    _open(page, address, 15_000)
    for number in PICKED:
        page.get_by_role("button", name="Choose date").first.click()
        day = page.get_by_role("button", name=f"December {number}, 2025")
        ending, words = f"day=2025-12-{number:02}", f"{number} Dec 2025, with"
        days.append(_clicked(page, server, day, ending, words))
    page.close()
    return {"another rule": rules, "another day": days}


def _open(page, address: str, wait: int) -> None:
    page.goto(address)
    page.wait_for_selector("[data-testid=stImage] img", timeout=60_000)
    page.wait_for_timeout(wait)


def _clicked(page, server: psutil.Process, what, ending: str, words: str) -> dict[str, float]:
    what.wait_for()
    page.evaluate(CLICKED, [ending, words])
    before = sum(server.cpu_times()[:2])
    what.click()
    page.wait_for_function("() => window.taken.all > 0", timeout=30_000, polling=50)
    used = 1000 * (sum(server.cpu_times()[:2]) - before)
    row = page.evaluate("() => window.taken") | {"processor": used}
    page.wait_for_timeout(2000)
    return row


def report(found: dict[str, list[dict[str, float]]]) -> None:
    """Print how long clicks took, beside the aim, and what one cost the server."""
    for what, rows in found.items():
        took = [row["all"] for row in rows]
        high = statistics.quantiles(took, n=20, method="inclusive")[-1]
        used = statistics.median(row["processor"] for row in rows)
        aim = "met" if high < 150 else "missed"
        print(f"{what} to all charts updated: p50 {statistics.median(took):.0f} ms, "
              f"p95 {high:.0f} ms ({len(took)} clicks), aim 150: {aim}; "
              f"processor time of the server {used:.0f} ms")  # fmt: skip
