"""Invented findings, each with true ways to say them again: active for passive, other order, other words."""

from __future__ import annotations

# What a report says, and what may truly be said of it.
TRUE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Leaders have cut the use of agency staff from 31% to 9%.",
        (
            "The use of agency staff has been cut by leaders from 31% to 9%.",
            "Leaders have reduced the use of agency workers from 31 per cent to 9 per cent.",
        ),
    ),
    ("Partners do not understand private fostering.", ("Private fostering is not understood by partners.",)),
    ("The lead inspector was Morgan Ashdown.", ("Morgan Ashdown was the lead inspector.",)),
    (
        "The experiences and progress of care leavers were judged to be inadequate.",
        (
            "Care leavers' experiences and progress were judged inadequate.",
            "The experiences and progress of care leavers were inadequate.",
        ),
    ),
    (
        "Too few children who go missing have a return home interview.",
        ("Too few missing children have a return home interview.", "Too few children who go missing have an RHI."),
    ),
    (
        "Only 53% of interviews took place within 72 hours, and what children said was not always told to the police.",
        (
            "Only 53 per cent of interviews took place within 72 hours.",
            "What children said was not always told to the police.",
        ),
    ),
    (
        "Of 96 care leavers, 71 are in education, employment or training.",
        (
            "71 of 96 care leavers are in education, employment or training.",
            "Seventy-one of 96 care leavers are in education, employment or training.",
        ),
    ),
    (
        "In the last year the hub worked with 412 families, and 87% of parents said the help had come in time.",
        (
            "The hub worked with 412 families in the last year.",
            "87 per cent of parents said that the help had come in time.",
        ),
    ),
    (
        "The permanent director was appointed in March 2021 after a long vacancy.",
        (
            "In March 2021, the permanent director was appointed.",
            "After a long vacancy, the permanent director was appointed in March 2021.",
        ),
    ),
    (
        "An action plan was agreed by the council on 3 November 2019.",
        (
            "On 3 November 2019, the council agreed an action plan.",
            "The council agreed an action plan on 3 November 2019.",
        ),
    ),
    (
        "Health assessments are timely, and the named nurse sees every child within 20 working days.",
        (
            "The named nurse sees every child within 20 working days.",
            "Every child is seen by the named nurse within 20 working days.",
        ),
    ),
    (
        "Managers fail to check the records each month.",
        ("Managers do not check the records each month.", "The records are not checked by managers each month."),
    ),
    (
        "Children in care live in stable homes.",
        ("Looked after children live in stable homes.", "Children looked after live in stable homes."),
    ),
    (
        "Strategy meetings are attended by health partners.",
        ("Health partners attend strategy meetings.", "Strategy discussions are attended by health partners."),
    ),
    (
        "Social workers know their children well and visit them often.",
        ("Social workers know their children well.", "Social workers visit their children often."),
    ),
    ("Fewer than half of care plans were reviewed on time.", ("Less than half of care plans were reviewed in time.",)),
    (
        "More than 200 children waited for an assessment in June 2022.",
        ("In June 2022, more than 200 children waited for an assessment.",),
    ),
    (
        "A dozen families were supported by the new team.",
        ("The new team supported 12 families.", "Twelve families were supported by the new team."),
    ),
    (
        "Supervision takes place every month, but the records are thin.",
        ("The records are thin, but supervision takes place every month.", "Every month supervision takes place."),
    ),
    (
        "The pathway plans of most care leavers are up to date.",
        (
            "Most care leavers' pathway plans are up to date.",
            "The pathway plans of the majority of care leavers are up to date.",
        ),
    ),
    ("Some assessments are not yet good.", ("Some assessments were not yet good.",)),
    ("Children no longer wait for a school place.", ("A school place is no longer waited for by children.",)),
    (
        "Placement stability has improved since the last inspection.",
        (
            "Since the last inspection, placement stability has improved.",
            "The stability of placements has improved since the last inspection.",
        ),
    ),
    (
        "The local authority does not hold accurate data on children missing from education.",
        (
            "The council does not hold accurate data on children missing from education.",
            "Accurate data on children missing from education is not held by the local authority.",
        ),
    ),
    (
        "Referrals are answered within one working day by the front door team.",
        (
            "The front door team answers referrals within one working day.",
            "Within one working day, referrals are answered by the front door team.",
        ),
    ),
    (
        "Thresholds are well understood by schools and the police.",
        (
            "Schools and the police understand thresholds well.",
            "Thresholds are understood well by schools and the police.",
        ),
    ),
    (
        "Private fostering arrangements are visited regularly.",
        ("Private fostering arrangements are regularly visited.",),
    ),
    (
        "Between January and March, 14 children were adopted.",
        ("Fourteen children were adopted between January and March.",),
    ),
    (
        "Caseloads fell from 28 to 17 in two years.",
        ("In two years, caseloads fell from 28 to 17.", "Caseloads dropped from 28 to 17 in two years."),
    ),
    ("Leaders intend to open a second home in 2024.", ("In 2024, leaders intend to open a second home.",)),
    ("If funding is agreed, the hub will open in May.", ("The hub will open in May if funding is agreed.",)),
    ("Parents told inspectors that they felt listened to.", ("Parents told inspectors they felt listened to.",)),
    (
        "Return home interviews are rarely used to plan for children's safety.",
        ("Return interviews are rarely used to plan for children's safety.",),
    ),
    (
        "Personal advisers keep in touch with nearly all care leavers.",
        (
            "PAs keep in touch with nearly all care leavers.",
            "Personal advisers keep in touch with almost all care leavers.",
        ),
    ),
    ("At least 40 foster carers have left since 2020.", ("Since 2020, at least 40 foster carers have left.",)),
    (
        "A third of plans lack clear timescales.",
        ("One third of plans lack clear timescales.", "Clear timescales are lacking in a third of plans."),
    ),
    (
        "Senior leaders challenge poor practice consistently.",
        (
            "Poor practice is consistently challenged by senior leaders.",
            "Senior leaders consistently challenge poor practice.",
        ),
    ),
    (
        "Independent reviewing officers escalate their concerns promptly.",
        ("IROs escalate their concerns promptly.", "Independent reviewing officers promptly escalate their concerns."),
    ),
    (
        "The virtual school tracks the progress of each child.",
        (
            "The progress of each child is tracked by the virtual school.",
            "Each child's progress is tracked by the virtual school.",
        ),
    ),
    ("Audits are not used to improve practice.", ("Inspectors found that audits are not used to improve practice.",)),
    (
        "The quality of practice requires improvement to be good.",
        (
            "The quality of practice requires improvement.",
            "The quality of practice was judged to require improvement to be good.",
        ),
    ),
    (
        "Overall effectiveness is good.",
        ("Overall effectiveness was judged good.", "Overall effectiveness was rated good."),
    ),
    ("Twenty-two per cent of contacts became referrals.", ("22% of contacts became referrals.",)),
    ("Two thirds of care leavers have a tenancy.", ("Two-thirds of care leavers have a tenancy.",)),
    ("Children wait too long for help with their mental health.", ("Children wait too long for help.",)),
    (
        "Disabled children receive effective support from a skilled team.",
        (
            "Effective support is received by disabled children from a skilled team.",
            "Children with disabilities receive effective support from a skilled team.",
        ),
    ),
    (
        "Drift is not challenged by managers in supervision.",
        ("Managers do not challenge drift in supervision.", "In supervision, managers do not challenge drift."),
    ),
    (
        "The council has improved its recruitment of foster carers.",
        (
            "The local authority has improved its recruitment of foster carers.",
            "Its recruitment of foster carers has been improved by the council.",
        ),
    ),
    (
        "Most children see the same social worker for a long time.",
        ("The majority of children see the same social worker for a long time.",),
    ),
    (
        "Adopters were prepared thoroughly by staff.",
        ("Staff prepared adopters thoroughly.", "Adopters were thoroughly prepared by staff."),
    ),
    (
        "The number of children in care increased from 410 to 455.",
        (
            "The number of looked after children rose from 410 to 455.",
            "The number of children in care has grown from 410 to 455.",
        ),
    ),
    (
        "Before the visit, managers had closed 38 cases without an assessment.",
        (
            "Managers had closed 38 cases without an assessment before the visit.",
            "Thirty-eight cases had been closed by managers without an assessment before the visit.",
        ),
    ),
    (
        "Children are seen alone by their social workers.",
        ("Their social workers see children alone.", "Children are seen alone."),
    ),
    (
        "The chief executive, Robin Fairweather, meets the panel each week.",
        (
            "Each week, the chief executive, Robin Fairweather, meets the panel.",
            "The chief executive officer, Robin Fairweather, meets the panel every week.",
        ),
    ),
    ("Up to 30 children a month are referred to the hub.", ("Up to thirty children a month are referred to the hub.",)),
    ("Plans for children in need are vague.", ("Children in need plans are vague.",)),
    (
        "Life story work starts late for many children.",
        ("For many children, life story work starts late.", "Life story work begins late for many children."),
    ),
    (
        "In nine of 20 plans no date was set for any action.",
        ("No date was set for any action in nine of 20 plans.", "No date was set for any action in 9 of 20 plans."),
    ),
    (
        "The police share information quickly.",
        ("Information is shared quickly by the police.", "Information is quickly shared by the police."),
    ),
    (
        "Advocacy is offered to all children in care.",
        ("Advocacy is offered to every child in care.", "Advocacy is offered to all looked after children."),
    ),
    (
        "Fourteen young people moved into homes of their own, and nine began an apprenticeship.",
        (
            "14 young people moved into homes of their own.",
            "Nine began an apprenticeship, and fourteen young people moved into homes of their own.",
        ),
    ),
    ("Visits are recorded in detail by social workers.", ("Social workers record visits in detail.",)),
    ("Children's wishes are written down in their plans.", ("In their plans, children's wishes are written down.",)),
    (
        "The response to children at risk of exploitation is strong.",
        ("The response to children at risk of exploitation was strong.",),
    ),
    ("Managers know where practice is weak.", ("Managers know where practice is weak.",)),
    (
        "The take-up of health checks has declined since 2018.",
        ("Since 2018, the take-up of health checks has declined.",),
    ),
    (
        "Assessments of four children were late, and checks on carers had not been made.",
        ("Checks on carers had not been made.", "Assessments of 4 children were late."),
    ),
    ("Support for care leavers is outstanding.", ("Support for care leavers was outstanding.",)),
    (
        "Agency staff make up about a quarter of the workforce.",
        (
            "Agency workers make up about a quarter of the workforce.",
            "About a quarter of the workforce is made up by agency staff.",
        ),
    ),
    (
        "Decisions are made early, and families receive help without delay.",
        ("Families receive help without delay.", "Decisions are made early."),
    ),
    (
        "The new director has restored confidence among staff.",
        ("Confidence among staff has been restored by the new director.", "Confidence among staff has been restored."),
    ),
    ("Private providers are not monitored well enough.", ("Private providers are not well enough monitored.",)),
    (
        "Many care leavers do not know what they are entitled to.",
        ("Many care leavers don't know what they are entitled to.",),
    ),
    ("The edge-of-care team prevents family breakdown.", ("Family breakdown is prevented by the edge-of-care team.",)),
    ("Court work is led by an experienced manager.", ("An experienced manager leads court work.",)),
    ("Sibling groups are kept together when it is safe.", ("When it is safe, sibling groups are kept together.",)),
    (
        "Children rarely change placement because of poor matching.",
        ("Because of poor matching, children rarely change placement.",),
    ),
    (
        "Social workers value the training and the support of their managers.",
        ("The training and the support of their managers are valued by social workers.",),
    ),
    (
        "Care leavers speak warmly of their personal advisers.",
        ("Care leavers warmly speak of their personal advisers.",),
    ),
    (
        "Initial visits happened within five days in 18 of 24 cases.",
        (
            "In 18 of 24 cases, initial visits took place within five days.",
            "Initial visits took place within 5 days in 18 of 24 cases.",
        ),
    ),
)
PARAPHRASES = tuple((held, said) for held, ways in TRUE for said in ways)
VERBATIM = tuple((held, held) for held, _ in TRUE)
