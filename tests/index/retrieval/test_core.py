import pytest

from index.retrieval.core import core_of


@pytest.mark.parametrize(
    ("question", "core"),
    [
        ("Walsall 2017: how good is private fostering?", "how good is private fostering?"),
        ("Barnet July 2017: what was the attitude to children who go missing?", "attitude children who go missing?"),
        ("What did inspectors say about return home interviews in Walsall?", "return home interviews in"),
    ],
)
def test_what_is_asked_about_is_left_without_whose_and_when(question: str, core: str) -> None:
    assert set(core.split()) <= set(core_of(question).split())
    assert not {"Walsall", "Barnet", "2017", "July", "2017:", "inspectors"} & set(core_of(question).split())


@pytest.mark.parametrize("question", ["Walsall 2017?", "", "Sandwell", "In 2015?"])
def test_where_hardly_a_word_is_left_the_question_stays(question: str) -> None:
    assert core_of(question) == question


def test_all_authorities_are_taken_out() -> None:
    core = core_of("How does neglect work in Walsall compare with that in Sandwell?")
    assert "Walsall" not in core
    assert "Sandwell" not in core
    assert "neglect" in core
