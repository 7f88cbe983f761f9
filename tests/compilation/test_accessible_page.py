"""The report for the web as axe-core judges it in a real browser: wide and narrow, light and dark."""

from __future__ import annotations

import html
import io
import json
import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest

from tests.compilation.test_annual import everything
from wpsdesk.compilation.formats import Format, write
from wpsdesk.compilation.sources import Edition
from wpsdesk.plan.model import LanguageCode

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
ASKING = """
<script>%s</script>
<script>
axe.run(document, {runOnly: %s, resultTypes: ["violations"]}).then(found => {
  const told = document.createElement("pre");
  told.id = "judgement";
  told.textContent = JSON.stringify({
    passes: found.passes.length,
    wide: window.innerWidth,
    runs_over: document.documentElement.scrollWidth > window.innerWidth,
    violations: found.violations.map(one => one.id + ": " + one.nodes.map(node => node.html).slice(0, 3).join(" "))
  });
  document.body.replaceChildren(told);
});
</script>
"""


def _missing(what: str) -> NoReturn:
    said = f"axe-core could not judge the report: {what}"
    if os.environ.get("WPSDESK_EVERY_WITNESS"):
        pytest.fail(said)
    pytest.skip(said)


def _axe() -> str:
    found = find_spec("axe_core_python")
    if found is None or not found.submodule_search_locations:
        _missing("the Python package axe-core-python, which holds it, is not there")
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


def _browser() -> str:
    for name in BROWSERS:
        if program := shutil.which(name):
            return program
    _missing("there is no Chromium (package chromium)")


def judged(page: str, folder: Path, *options: str) -> dict[str, object]:
    """What axe-core says of the page in the browser. The page's own policy lets no script in, so it is taken out."""
    asking = ASKING % (_axe().replace("</script>", "<\\/script>"), json.dumps(STANDARD))
    open_ = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    assert open_ != page
    place = folder / "page.html"
    place.write_text(open_.replace("</body>", f"{asking}</body>"), encoding="utf-8")
    command = [
        _browser(), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=60000", *options, "--dump-dom", place.as_uri(),
    ]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, timeout=240).stdout.decode()
    found = re.search(r'<pre id="judgement">(.*?)</pre>', told, re.DOTALL)
    assert found, told[-500:]
    return json.loads(html.unescape(found[1]))


@pytest.mark.parametrize(
    ("language", "edition", "options"),
    [
        ("nb", Edition.PUBLIC, ("--window-size=1280,900",)),
        ("nn", Edition.INTERNAL, ("--window-size=500,900",)),
        ("en", Edition.PUBLIC, ("--window-size=1280,900", "--blink-settings=preferredColorScheme=0")),
    ],
    ids=["wide", "narrow", "dark"],
)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    language: LanguageCode, edition: Edition, options: tuple[str, ...], tmp_path: Path
) -> None:
    out = io.BytesIO()
    write(everything(language, edition), Format.HTML, out)
    found = judged(out.getvalue().decode(), tmp_path, *options)
    assert found["violations"] == []
    assert found["passes"] > 20
    assert not found["runs_over"]


def test_axe_would_find_a_heading_that_is_missing_and_a_colour_that_is_too_pale(tmp_path: Path) -> None:
    out = io.BytesIO()
    write(everything("nb", Edition.PUBLIC), Format.HTML, out)
    page = out.getvalue().decode().replace("--quiet: #5b5d60", "--quiet: #c9cacb").replace('<html lang="nb">', "<html>")
    found = " ".join(judged(page, tmp_path)["violations"])
    assert "color-contrast" in found
    assert "html-has-lang" in found
