"""Results appear whole or not at all."""

from pathlib import Path

import pytest

from experiments import OutputError, finished_folder, told_plainly


def write_and_fail(folder: Path, error: type[BaseException]) -> None:
    with finished_folder(folder) as unfinished:
        (unfinished / "one.txt").write_text("later")
        raise error


def test_files_appear_together_at_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "results"
    with finished_folder(folder) as unfinished:
        (unfinished / "one.txt").write_text("1")
        assert not (folder / "one.txt").exists()
    assert [path.name for path in folder.iterdir()] == ["one.txt"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_nothing_is_left_behind_when_it_fails(tmp_path: Path, error: type[BaseException]) -> None:
    folder = tmp_path / "new" / "results"
    with pytest.raises(error):
        write_and_fail(folder, error)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_earlier_results_alone(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("earlier")
    with pytest.raises(RuntimeError):
        write_and_fail(tmp_path, RuntimeError)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("one.txt", "earlier")
    ]


def test_a_file_in_the_way_is_told_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(OutputError, match="it is a file"), finished_folder(tmp_path / "taken"):
        pytest.fail("the work was begun")
    with pytest.raises(OutputError, match="Not a directory"), finished_folder(tmp_path / "taken/x"):
        pytest.fail("the work was begun")
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    full = OSError(28, "No space left on device")
    with pytest.raises(OutputError, match=r"results to .*: No space left"), told_plainly(tmp_path):
        raise full
