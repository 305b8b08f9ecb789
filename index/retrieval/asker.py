"""Who asks and in what situation, which a question may begin with and is no part of what it asks."""

from __future__ import annotations

import re

from index.glossary import match_terms

# Not where it is asked about: "As a foster carer: what is said of us?"
AS = re.compile(r"^\W*as (?:an?|someone|somebody|one) [^,:?]{3,60}[,:](?!.*\b(?:us|me|my|we|our|i)\b)", re.IGNORECASE)
HERE = re.compile(
    r"^\W*(?!(?:are|is|was|were|do|does|did|has|have|can|how|what|who|why|where|when|which)\b)(?:\w+ ){1,3}here[.!;]\s",
    re.IGNORECASE,
)
SITUATION = re.compile(r"^\W*(?:my|our|i|we|i['’]?(?:m|ve)|we['’]?(?:re|ve))\b[^:.?]{3,120}[:.]\s+", re.IGNORECASE)
# "My question is about …", "I mean …" say the subject.
SAYS_SUBJECT = re.compile(
    r"\b(?:about|ask\w*|question|mean|interested|research\w*|looking|read\w*|want|wonder\w*|writing|on)\b",
    re.IGNORECASE,
)
# What points back to the situation: "My foster child waited for months. What did they say about that?"
POINTS_BACK = re.compile(
    r"\b(?:this|that|these|those|it|its|them|they|their|theirs|her|hers|his|him|she|he|like|such|so|us|me|my|our|ours|we"
    r"|i|mine|one|ones|there)\b",
    re.IGNORECASE,
)


def without_asker(question: str) -> str:
    """The question without who asks; and without their situation, where the rest names its subject by itself."""
    text = HERE.sub(" ", AS.sub(" ", question)).strip()
    found = SITUATION.match(text)
    rest = text[found.end() :] if found else ""
    if not (found and match_terms(rest)) or POINTS_BACK.search(rest) or SAYS_SUBJECT.search(found[0]):
        return text
    named = {group for _, group in match_terms(rest)}
    return rest if all(group in named for _, group in match_terms(found[0])) else text
