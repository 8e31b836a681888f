"""Clicks that come before the browser has heard what the click before has led to."""

from tests.screens import STORY, opened


def address(app):
    """Return what the address asks for."""
    asked = dict(app.query_params)
    return {name: one if isinstance(one, str) else one[0] for name, one in asked.items()}


def at(app, asked):
    """Have the browser know of this address, and of none since."""
    app.query_params.clear()
    app.query_params.update(asked)
    return app


def choose(app, key, value):
    return app.selectbox(key=key).set_value(value).run()


def test_a_click_made_before_the_answer_to_the_one_before_undoes_nothing():
    app = choose(opened("reconciliation", **STORY), "choose_measure", "injured")
    choose(at(app, STORY), "choose_rule", "highest")
    assert not app.exception
    assert address(app) == STORY | {"measure": "injured", "rule": "highest"}
    assert app.selectbox(key="choose_measure").value == "injured"


def test_of_three_clicks_before_an_answer_none_is_lost():
    app = choose(opened("reconciliation", **STORY), "choose_measure", "injured")
    choose(at(app, STORY), "choose_rule", "highest")
    choose(at(app, STORY | {"measure": "injured"}), "choose_country", "THA")
    assert address(app) == STORY | {"measure": "injured", "rule": "highest", "country": "THA"}


def test_a_click_after_going_back_begins_where_the_reader_went_back_to():
    app = choose(opened("reconciliation", **STORY), "choose_measure", "injured")
    at(app, STORY).run()
    assert app.selectbox(key="choose_measure").value == "killed"
    choose(app, "choose_rule", "highest")
    assert address(app) == STORY | {"rule": "highest"}
