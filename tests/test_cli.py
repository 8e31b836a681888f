"""The commands: ``python -m loaders`` and ``python -m figures``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from loaders import read_figures
from loaders.__main__ import main
from tests.builders import figure, write_crisis, write_figures

ROOT = Path(__file__).resolve().parent.parent
MAPPING = """
[constants]
country = "THA"
counting = "cumulative"
source = "moh"
measure = "killed"
url = "https://example.org/"

[columns]
as_of = "Day"
value = "Dead"
"""


@pytest.fixture
def broken(tmp_path):
    return write_crisis(tmp_path / "data", figure(figure_id="F1"), figure(value="1,20O"))


def test_check_is_content_with_good_data(tmp_path, capsys):
    root = write_crisis(tmp_path / "data", figure())
    assert main(["check", str(root)]) == 0
    assert capsys.readouterr().out == "0 error, 0 warning, 0 info\n"


def test_check_says_where_and_what_and_what_would_be_right(broken, capsys):
    assert main(["check", str(broken)]) == 1
    out = capsys.readouterr().out
    assert f"{broken}/test/figures.csv:3: error not-a-number, value '1,20O'" in out
    assert "is not a whole number in digits. Write digits only" in out


def test_check_speaks_json(broken, capsys):
    assert main(["check", str(broken), "--format", "json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)
    assert (finding["line"], finding["code"]) == (3, "not-a-number")


def test_check_annotates_lines_on_github(broken, capsys):
    assert main(["check", str(broken), "--format", "github"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"::error file={broken}/test/figures.csv,line=3,title=not-a-number value")
    assert out.count("\n") == 1


def test_an_annotation_keeps_its_form_whatever_is_in_the_cell(tmp_path, capsys):
    path = write_figures(tmp_path / "figures.csv", figure(value="1\n::error::%"))
    main(["check", str(path), "--format", "github"])
    assert capsys.readouterr().out.count("\n") == 1


def test_check_reads_a_single_table_too(tmp_path, capsys):
    path = write_figures(tmp_path / "figures.csv", figure(value="x"))
    assert main(["check", str(path)]) == 1
    assert f"{path}:2: error not-a-number" in capsys.readouterr().out


def test_a_warning_is_no_failure(tmp_path, capsys):
    path = write_figures(tmp_path / "figures.csv", figure(), figure(value=12))
    assert main(["check", str(path)]) == 0
    assert "two-values" in capsys.readouterr().out


def test_convert_writes_a_clean_table(tmp_path, capsys):
    (tmp_path / "toll.csv").write_text("Day;Dead\n24.12.2025;1 200\n25.12.2025;n/a\n", "utf-8")
    (tmp_path / "toll.toml").write_text(MAPPING, "utf-8")
    out = tmp_path / "figures.csv"
    arguments = ["convert", str(tmp_path / "toll.csv"), "--out", str(out)]
    assert main([*arguments, "--mapping", str(tmp_path / "toll.toml")]) == 0
    assert "1 figures written" in capsys.readouterr().err
    figures = read_figures(out).figures
    assert list(figures["value"]) == [1200]
    assert str(figures["as_of"][0].date()) == "2025-12-24"


def test_a_mapping_that_cannot_be_used_is_explained(tmp_path, capsys):
    (tmp_path / "toll.csv").write_text("Day,Dead\n2025-12-24,12\n", "utf-8")
    (tmp_path / "toll.toml").write_text('[constants]\nmeasure = "dead"\n', "utf-8")
    arguments = ["convert", str(tmp_path / "toll.csv"), "--out", str(tmp_path / "f.csv")]
    assert main([*arguments, "--mapping", str(tmp_path / "toll.toml")]) == 2
    assert "killed" in capsys.readouterr().err


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_shipped_data_passes_its_own_check():
    done = run("loaders", "check", "datasets")
    assert done.returncode == 0, done.stderr
    assert "0 error" in done.stdout


def test_the_code_book_of_a_folder_is_written_on_demand(tmp_path):
    write_crisis(tmp_path, figure())
    assert run("figures", "write", str(tmp_path)).returncode == 0
    written = {path.name for path in tmp_path.iterdir()}
    assert {"README.md", "template.csv", "datapackage.json"} <= written


@pytest.mark.parametrize("address", ["htp://a:secret@x/y", "nobody://a:secret@x"])
def test_an_address_that_cannot_be_used_is_told_without_its_password(address, capsys):
    assert main(["check", address]) == 2
    said = capsys.readouterr().err
    assert said.startswith("this kind of address needs a part that is not installed")
    assert "secret" not in said
