"""Names of local authorities, and where a question names one."""

import time
from collections import Counter

import pytest

from corpus.authorities import Authority, Change, by_name, find_mentions, find_other_places, load_authorities

FORMER = {
    "Bedfordshire",
    "Bournemouth",
    "Cheshire",
    "Cumbria",
    "Dorset (pre-2019)",
    "Northamptonshire",
    "Poole",
}

AFC = ["Kingston upon Thames", "Richmond upon Thames", "Windsor and Maidenhead"]
NORTHANTS = ["North Northamptonshire", "West Northamptonshire"]

NAMED = [
    # As written in public tables, possessives, lower case.
    ("How was Hertfordshire rated overall by Ofsted in 2023?", ["Hertfordshire"]),
    ("was walsall good?", ["Walsall"]),
    ("What are Walsall's strengths?", ["Walsall"]),
    ("What are Walsall’s strengths?", ["Walsall"]),
    ("walsalls care leavers", ["Walsall"]),
    ("Did St Helens' leaders know?", ["St Helens"]),
    ("St. Helens and St Helen's", ["St Helens", "St Helens"]),
    ("SANDWELL 2022: WHAT OVERALL GRADE?", ["Sandwell"]),
    ("slough feb 2016, recs on CSE?", ["Slough"]),
    ("hackney/tower hamlets", ["Hackney", "Tower Hamlets"]),
    ("what happened in hull and in kent", ["Kingston upon Hull", "Kent"]),
    # The longest name wins.
    ("Derbyshire", ["Derbyshire"]),
    ("Derby and Derbyshire", ["Derby", "Derbyshire"]),
    ("North Yorkshire, not York", ["North Yorkshire", "York"]),
    ("West Sussex 2019: what overall grade?", ["West Sussex"]),
    ("East Riding of Yorkshire", ["East Riding of Yorkshire"]),
    ("Cheshire West and Chester vs Cheshire East", ["Cheshire West and Chester", "Cheshire East"]),
    ("Cheshire, East Sussex and Kent", ["Cheshire", "East Sussex", "Kent"]),
    ("Bournemouth, Christchurch and Poole", ["Bournemouth, Christchurch and Poole"]),
    ("Bournemouth, Christchurch & Poole's leaders", ["Bournemouth, Christchurch and Poole"]),
    ("Poole in 2012", ["Poole"]),
    ("Bath and North East Somerset", ["Bath and North East Somerset"]),
    ("Central Bedfordshire or Bedford", ["Central Bedfordshire", "Bedford"]),
    ("Kingston upon Hull", ["Kingston upon Hull"]),
    ("Kingston-upon-Thames", ["Kingston upon Thames"]),
    ("Nottingham County Council", ["Nottinghamshire"]),
    # What people type.
    ("BCP Jan 2025 vs Doncaster March 2025?", ["Bournemouth, Christchurch and Poole", "Doncaster"]),
    ("B&NES and BANES", ["Bath and North East Somerset"] * 2),
    ("rbkc, h&f", ["Kensington and Chelsea", "Hammersmith and Fulham"]),
    ("telford 2016 recs", ["Telford and Wrekin"]),
    ("Telford & Wrekin at 31 March 2016", ["Telford and Wrekin"]),
    ("herts or notts", ["Hertfordshire", "Nottinghamshire"]),
    ("IoW 2018", ["Isle of Wight"]),
    ("North Lincs, NE Lincs and N.E. Lincolnshire", ["North Lincolnshire"] + ["North East Lincolnshire"] * 2),
    ("S Glos, n yorks", ["South Gloucestershire", "North Yorkshire"]),
    ("luton feb 2020 against stoke march 2019", ["Luton", "Stoke-on-Trent"]),
    ("Did Brighton do better than Greenwich?", ["Brighton and Hove", "Greenwich"]),
    ("Royal Borough of Windsor and Maidenhead", ["Windsor and Maidenhead"]),
    ("London Borough of Barking and Dagenham", ["Barking and Dagenham"]),
    ("Co. Durham", ["Durham"]),
    ("isle of white", ["Isle of Wight"]),
    # Organisations.
    ("Sandwell Children's Trust", ["Sandwell"]),
    ("What is Sandwell Access?", ["Sandwell"]),
    ("Sandwell LSCB", ["Sandwell"]),
    ("how good is Together for Children?", ["Sunderland"]),
    ("How did Achieving for Children do?", AFC),
    ("slough children first", ["Slough"]),
    ("Northamptonshire Childrens Trust", NORTHANTS),
    ("Northamptonshire in 2016", ["Northamptonshire"]),
    # Names that are ordinary words.
    ("What overall grade did Reading get in 2021?", ["Reading"]),
    ("how many children were looked after by reading at 23 may 2016?", ["Reading"]),
    ("care leavers in reading", ["Reading"]),
    ("reading's social workers", ["Reading"]),
    ("the lead inspector for reading", ["Reading"]),
    ("reading 2019", ["Reading"]),
    ("readings director in 2016", ["Reading"]),
    ("what grade for bury", ["Bury"]),
    ("was bury outstanding", ["Bury"]),
    ("which rating is reading on", ["Reading"]),
    ("compare reading and slough", ["Reading", "Slough"]),
    ("compare slough with bury", ["Slough", "Bury"]),
    ("what about reading?", ["Reading"]),
    ("and bury?", ["Bury"]),
    ("is reading good at reading", ["Reading"]),
    ("bucks 2018", ["Buckinghamshire"]),
]

NOT_NAMED = [
    "what did inspectors say about reading and writing support",
    "list the main findings about care leavers",
    "who was the lead inspector",
    "do looked after children enjoy reading?",
    "progress in reading and maths",
    "attainment in reading for looked after children",
    "reading recovery for children in care",
    "Reading and writing: what did inspectors find?",
    "who is responsible for reading the report",
    "from reading these letters, what stands out",
    "is there support for reading at home",
    "how was support with reading rated",
    "meter readings",
    "did leaders bury the findings",
    "bath time routines",
    "which councils buck the trend, and who bucks the trend",
    "barking dogs",
    "staffs were supportive",
    "managers keep an eye on their staff's work",
    "was the pool for the school a good deal",
    "sale of children's homes and wells",
    "school places, trust and access",
    "what did the staff survey say midway through",
    "eating disorders",
    "what would brighten the future of our countryside",
    "Newcastle-under-Lyme",
    "Bury St Edmunds",
    "Greater Manchester",
    "what time do leeds united kick off",
    "Boston, Harlow and Melton",
    "the county council and the children's trust",
    "which authorities were inadequate in 2018?",
    "",
]

MISSPELT = [
    ("Sandwel", "Sandwell"),
    ("Wallsall", "Walsall"),
    ("birmingam", "Birmingham"),
    ("Isligton's", "Islington"),
    ("Tower Hamlts", "Tower Hamlets"),
    ("Waltham Forrest", "Waltham Forest"),
    ("Blackburn with Darwin", "Blackburn with Darwen"),
    ("Gloucestreshire", "Gloucestershire"),
    ("Luotn", "Luton"),
    ("Readnig 2024", "Reading"),
]


@pytest.fixture(scope="module")
def authorities() -> dict[str, Authority]:
    return {authority.name: authority for authority in load_authorities()}


@pytest.mark.parametrize(("text", "names"), NAMED, ids=[text for text, _ in NAMED])
def test_authorities_named_are_found_in_order(text: str, names: list[str]) -> None:
    assert [mention.authority for mention in find_mentions(text)] == names


@pytest.mark.parametrize("text", NOT_NAMED)
def test_ordinary_words_are_no_authority(text: str) -> None:
    assert find_mentions(text) == ()


@pytest.mark.parametrize(("text", "name"), MISSPELT)
def test_a_misspelt_name_is_found_and_marked(text: str, name: str) -> None:
    assert [(mention.authority, mention.exact) for mention in find_mentions(text)] == [(name, False)]
    assert all(mention.exact for mention in find_mentions(text, typos=False))


def test_a_misspelling_of_two_names_is_neither() -> None:
    assert find_mentions("Herfordshire") == ()


def test_a_mention_covers_the_name_without_its_possessive() -> None:
    text = "Is Telford & Wrekin's MASH as good as walsalls?"
    assert [text[mention.start : mention.end] for mention in find_mentions(text)] == ["Telford & Wrekin", "walsall"]
    assert all(mention.exact for mention in find_mentions(text))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bournemouth, christchurch & poole", "Bournemouth, Christchurch and Poole"),
        ("windsor & maidenhead", "Windsor and Maidenhead"),
        ("Bristol, City of", "Bristol"),
        ("Herefordshire, County of", "Herefordshire"),
        ("The City of York Council", "York"),
        ("LONDON BOROUGH OF CAMDEN", "Camden"),
        ("Royal Borough of Kingston", "Kingston upon Thames"),
        ("Wirral Metropolitan Borough Council", "Wirral"),
        ("St. Helens", "St Helens"),
        ("Stoke on Trent", "Stoke-on-Trent"),
        ("Derbyshire County Council", "Derbyshire"),
        ("Derby City Council", "Derby"),
        ("Dorset Council", "Dorset"),
        ("Dorset County Council", "Dorset (pre-2019)"),
        ("Sandwell Children’s Trust", "Sandwell"),
        ("reading", "Reading"),
    ],
)
def test_official_and_everyday_names_are_known(name: str, expected: str) -> None:
    found = by_name(name)
    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize("name", ["", "Council", "Sussex", "Achieving for Children", "Sandwel", "Greater Manchester"])
def test_what_is_no_single_authority_is_none(name: str) -> None:
    assert by_name(name) is None


def test_every_name_leads_back_to_its_authority(authorities: dict[str, Authority]) -> None:
    for authority in authorities.values():
        for name in (authority.name, authority.full_name, *authority.aliases):
            assert by_name(name) is authority, name
        for trust in authority.trusts:
            assert authority.name in {mention.authority for mention in find_mentions(trust)}


def test_the_list_is_complete(authorities: dict[str, Authority]) -> None:
    assert {name for name, authority in authorities.items() if authority.successors} == FORMER
    present = [authority for authority in authorities.values() if not authority.successors]
    assert Counter(authority.kind for authority in present) == {
        "county": 21,
        "unitary": 63,
        "metropolitan borough": 36,
        "London borough": 32,
        "city corporation": 1,
    }
    assert Counter(authority.region for authority in present) == {
        "London": 33,
        "North West": 24,
        "South East": 19,
        "South West": 15,
        "Yorkshire and the Humber": 15,
        "West Midlands": 14,
        "North East": 12,
        "East of England": 11,
        "East Midlands": 10,
    }
    assert [authority.name for authority in load_authorities()] == sorted(authorities)


def test_reorganisations_are_told_from_both_sides(authorities: dict[str, Authority]) -> None:
    assert authorities["Cumbria"].successors == (Change("Cumberland", 2023), Change("Westmorland and Furness", 2023))
    for authority in authorities.values():
        for change in authority.successors:
            assert Change(authority.name, change.year) in authorities[change.name].predecessors
        for change in authority.predecessors:
            assert Change(authority.name, change.year) in authorities[change.name].successors


def test_neighbours_adjoin_each_other(authorities: dict[str, Authority]) -> None:
    assert authorities["Rutland"].neighbours == ("Leicestershire", "Lincolnshire", "North Northamptonshire")
    for authority in authorities.values():
        assert authority.name not in authority.neighbours
        for name in authority.neighbours:
            assert authority.successors or authority.name in authorities[name].neighbours
    alone = {authority.name for authority in authorities.values() if not authority.neighbours}
    assert alone == {"Isle of Wight", "Isles of Scilly"}


@pytest.mark.parametrize(("typos", "limit"), [(False, 0.003), (True, 0.010)])
def test_a_question_takes_milliseconds(typos: bool, limit: float) -> None:
    find_mentions("warm up")
    started = time.perf_counter()
    for text, _ in NAMED:
        find_mentions(text, typos=typos)
    assert (time.perf_counter() - started) / len(NAMED) < limit


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Leeds Wood and Hull", ("Leeds Wood",)),
        ("the rating of bury st edmunds", ("bury st edmunds",)),
        ("Stoke Newington in London", ("Stoke Newington",)),
        ("Leeds and Hull", ()),
    ],
)
def test_other_places_that_begin_as_an_authority_does(text: str, names: tuple[str, ...]) -> None:
    assert find_other_places(text) == names
    assert "Bury" not in {mention.authority for mention in find_mentions(text)}
