"""How long a reader waits after choosing, in a real browser; ``benchmarks.browser`` runs it."""

import statistics

import psutil

RULES = (
    ("Highest figure", "rule=highest"),
    ("Lowest figure", "rule=lowest"),
    ("Middle figure", "rule=median"),
    ("Source listed first", "rule=priority"),
)
DAYS = ["2025-12-10", "2025-12-13", "2025-12-16", "2025-12-19", "2025-12-21"]
# From a click on: notes when a picture last changed, and when the script has come to its rest.
CLICKED = """
wanted => {
  const taken = window.taken = {start: 0, pictures: 0, all: 0};
  addEventListener('pointerdown', () => { taken.start = performance.now(); },
    {once: true, capture: true});
  const images = () => [...document.querySelectorAll('[data-testid=stImage] img')];
  const seen = () => images().map(e => e.src + (e.complete && e.naturalWidth > 0)).join();
  let before = seen();
  const look = () => {
    const now = performance.now(), after = seen();
    if (after !== before) { before = after; taken.pictures = now - taken.start; }
    const app = document.querySelector('[data-test-script-state]');
    const rests = location.href.includes(wanted) && app.dataset.testScriptState === 'notRunning';
    const drawn = images().every(e => e.complete && e.naturalWidth);
    if (taken.start && rests && drawn) taken.all = now - taken.start;
    else setTimeout(look, 4);
  };
  look();
}
"""


def measured(context, address: str, days: list[str], pid: int) -> list[dict[str, float]]:
    """Choose each way of picking a figure, on several days; return the ms until all is drawn.

    A reader looks at what a click brought for two seconds before the next one.
    """
    page, server = context.new_page(), psutil.Process(pid)
    times = []
    for day in days:
        page.goto(address.replace("2025-12-24", day))
        page.wait_for_selector("[data-testid=stImage] img", timeout=60_000)
        page.wait_for_timeout(3000)
        for label, ending in RULES:
            page.get_by_role("combobox", name="Where sources differ").first.click()
            option = page.get_by_role("option", name=label, exact=True)
            option.wait_for()
            page.evaluate(CLICKED, ending)
            before = sum(server.cpu_times()[:2])
            option.click()
            page.wait_for_function("() => window.taken.all > 0", timeout=30_000, polling=50)
            used = 1000 * (sum(server.cpu_times()[:2]) - before)
            times.append(page.evaluate("() => window.taken") | {"processor": used})
            page.wait_for_timeout(2000)
    page.close()
    return [row | {"pictures": row["pictures"] or row["all"]} for row in times]


def percentile(values: list[float], share: float) -> float:
    """Return the value that so large a share of the values lie below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def report(rows: list[dict[str, float]]) -> None:
    """Print how long clicks took, beside the aim, and what one cost the server."""
    for name, what in (("pictures", "all charts updated"), ("all", "the whole page at rest")):
        took = [row[name] for row in rows]
        high = percentile(took, 0.95)
        line = f"click to {what}: p50 {statistics.median(took):.0f} ms, p95 {high:.0f} ms"
        aim = f", aim 150: {'met' if high < 150 else 'missed'}" if name == "pictures" else ""
        print(f"{line} ({len(took)} clicks){aim}")
    used = statistics.median(row["processor"] for row in rows)
    print(f"processor time of the server for a click: {used:.0f} ms")
