"""What the commands print."""

import json

from regesta import console
from regesta.errors import Problem


def test_results_go_to_standard_output_and_problems_to_standard_error(capsys):
    console.say("done")
    console.note_problems([Problem("a.md", 3, "is wrong", "mend it")])
    console.note_lines(["one", "two"])
    captured = capsys.readouterr()
    assert captured.out == "done\n"
    assert captured.err == "a.md:3: is wrong: mend it\none\ntwo\n"


def test_nothing_printed_can_drive_a_terminal(capsys):
    console.say("\x1b[31mred \u202eevil")
    console.note("\x07bell")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("\\u001b[31mred \\u202eevil\n", "\\u0007bell\n")


def test_results_for_scripts_are_json(capsys):
    console.say_json({"title": "日本語", "n": 1})
    assert json.loads(capsys.readouterr().out) == {"title": "日本語", "n": 1}


def test_progress_passes_every_item_on(capsys):
    assert list(console.progress(range(500), "counting", 500)) == list(range(500))
    assert capsys.readouterr().err == ""  # nobody watches
