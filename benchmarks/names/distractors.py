"""Fifty thousand made-up names for look-up to be measured among; the same ones every time.

Three kinds: names drawn at random, so that some are namesakes; near twins of those; near twins of the
people asked for: the same surname with another first name, the same first name with a surname close to it.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.names.first_names import MEN, WOMEN
from benchmarks.names.letters import CONSONANTS, VOWELS, belarusian, passport

SEED = 20270220
COUNT = 50_000
TWINS_OF_A_PERSON = 5
_ENDING_CHARS = 3

_ONSETS = "б бр в вл г гл гр д др ж з зв к кл кр л м мл н п пл пр р с ск сл см ст т тр х хв хр ц ч ш шк"
_NUCLEI = "а е и о у я ю ы"
_CODAS = "б в г д ж з к л м н п р с т х ч ш ст рк нд лк нк рт лт рн зд рш"
_ROOTS = (
    "ковал бондар гончар мельник кравц ткач столяр шевц рыбак козл волк медвед зайц лис ворон голуб сокол "
    "соловь журавл дуб берез осин лип клен калин рябин дроб крив бел черн красн син жолт нов стар горбат "
    "лысенк кузьм петр иван павл степан андр михал никит адам яков сидор тарас клим мартин лук мак макс роман "
    "семен сав фед филип харит юрк янк зен богдан брон вацл казим станкев войт гайд гарбуз гриц данил демид "
    "дорош жук жар зубр игнат кабан кач кисел клочк козак колос комар корз корот косц кот крук куль куп лаз "
    "лапиц лещ лобан лук ляск мазур май малин мат мах миц мороз мурав наум неб новик ожог олех орл осип павлов "
    "парх пац пинч плот полян попл прок пташ радк рад ред рог руд рус садовск сак селив сер скак скор слав "
    "смол сорок стан стрел суш тит тих трет туш улас урб уст хил ходос храм цар цвирк чаш череп чиж шабл шам "
    "шапав шер шпак шум щерб юрев яз якуб ярош ясин "
)
# A surname's ending for a man in Russian and Belarusian, and for a woman.
_SUFFIXES = (
    ("ов", "аў", "ова", "ава"), ("ев", "еў", "ева", "ева"), ("ин", "ін", "ина", "іна"),
    ("ович", "овіч", "ович", "овіч"), ("евич", "евіч", "евич", "евіч"), ("ский", "скі", "ская", "ская"),
    ("овский", "оўскі", "овская", "оўская"), ("евский", "еўскі", "евская", "еўская"),
    ("инский", "інскі", "инская", "інская"), ("енко", "енка", "енко", "енка"), ("ко", "ко", "ко", "ко"),
    ("ук", "ук", "ук", "ук"), ("юк", "юк", "юк", "юк"), ("чик", "чык", "чик", "чык"),
    ("еня", "еня", "еня", "еня"), ("ёнок", "ёнак", "ёнок", "ёнак"), ("ик", "ік", "ик", "ік"),
    ("ец", "ец", "ец", "ец"), ("ач", "ач", "ач", "ач"), ("уш", "уш", "уш", "уш"),
    ("ейко", "ейка", "ейко", "ейка"), ("", "", "", ""), ("ицкий", "іцкі", "ицкая", "іцкая"),
    ("ага", "ага", "ага", "ага"), ("унов", "уноў", "унова", "унова"),
)  # fmt: skip
# A letter in Belarusian, in Russian, and those that spell the same sound in a name's other spellings.
_CONSONANTS = [(c, c, "дз" if c in "дз" else "тцч" if c in "тцч" else c) for c in "бвгджзклмнпрстхш"]
_VOWELS = [("а", "а", "аояе"), ("у", "у", "ую"), ("і", "и", "іиы"), ("е", "е", "еэяё")]


@dataclass(frozen=True, slots=True)
class Name:
    """A full name as the index gets it: passport Latin, Belarusian, Russian."""

    latin: str
    be: str
    ru: str

    def spellings(self) -> tuple[str, str, str]:
        """The spellings, the one to show first."""
        return self.latin, self.be, self.ru


def distractors(
    people: Sequence[Name], taken: frozenset[str], *, count: int = COUNT
) -> dict[str, tuple[str, str, str]]:
    """Made-up people by id; `taken` are the names (case folded) that none of them may carry."""
    chance = random.Random(SEED)
    found: dict[str, tuple[str, str, str]] = {}
    for name in _names(chance, people, count):
        if not any(spelling.casefold() in taken for spelling in name.spellings()):
            found[f"made-up-{len(found)}"] = name.spellings()
        if len(found) == count:
            break
    return found


def _names(chance: random.Random, people: Sequence[Name], count: int) -> Iterator[Name]:
    for person in people:
        for _ in range(TWINS_OF_A_PERSON):
            yield _other_first_name(chance, person)
            yield _other_surname(chance, person)
    surnames = [_surname(chance) for _ in range(count // 2)]
    while True:
        # The square draws some surnames far oftener than others, as in life.
        man, woman = surnames[int(chance.random() ** 2 * len(surnames))]
        named = _named(chance, man, woman)
        yield named
        if chance.random() < 0.15:
            yield _other_surname(chance, named)


def _named(chance: random.Random, man: tuple[str, str], woman: tuple[str, str]) -> Name:
    is_man = chance.random() < 0.6
    (ru, be), first = (man, chance.choice(MEN)) if is_man else (woman, chance.choice(WOMEN))
    return Name(f"{passport(first[0])} {passport(be)}", f"{first[0]} {be}", f"{first[1]} {ru}")


def _surname(chance: random.Random) -> tuple[tuple[str, str], tuple[str, str]]:
    """A surname as a man and as a woman bear it, each in Russian and Belarusian."""
    if chance.random() < 0.4:
        root = chance.choice(_ROOTS.split())
    else:
        root = "".join(
            chance.choice(_ONSETS.split()) + chance.choice(_NUCLEI.split()) for _ in range(chance.choice((1, 1, 2)))
        )
        root += chance.choice(_CODAS.split())
    ru_man, be_man, ru_woman, be_woman = chance.choice(_SUFFIXES)
    be_root = belarusian(root)
    return (root.capitalize() + ru_man, be_root + be_man), (root.capitalize() + ru_woman, be_root + be_woman)


def _other_first_name(chance: random.Random, name: Name) -> Name:
    """A namesake by surname alone; of whichever sex the surname's form allows."""
    woman = name.ru.split()[-1].endswith(("ова", "ева", "ина", "ая"))
    man = name.ru.split()[-1].endswith(("ов", "ев", "ин", "ий", "ый", "ой"))
    be, ru = chance.choice(WOMEN if woman else MEN if man else MEN + WOMEN)
    return Name(
        f"{passport(be)} {name.latin.split()[-1]}", f"{be} {name.be.split()[-1]}", f"{ru} {name.ru.split()[-1]}"
    )  # fmt: skip


def _other_surname(chance: random.Random, name: Name) -> Name:
    """The same first name with a surname close to this one: a letter changed, or another suffix."""
    first_be, first_ru, first_latin = (full.split()[0] for full in (name.be, name.ru, name.latin))
    be, ru = name.be.split()[-1], name.ru.split()[-1]
    kind = chance.random()
    changed = (
        _changed(chance, be, ru, CONSONANTS, _CONSONANTS) if kind < 0.45
        else _changed(chance, be, ru, VOWELS, _VOWELS) if kind < 0.6
        else None
    )  # fmt: skip
    be, ru = changed or _suffix_changed(chance, be, ru)
    return Name(f"{first_latin} {passport(be)}", f"{first_be} {be}", f"{first_ru} {ru}")


def _changed(
    chance: random.Random, be: str, ru: str, letters: str, others: Sequence[tuple[str, str, str]]
) -> tuple[str, str] | None:
    """Both spellings with one letter of the stem changed to another sound; None where the two do not run alike."""
    here, there = ([n for n, c in enumerate(word.lower()) if c in letters] for word in (be, ru))
    places = [(h, t) for h, t in zip(here, there, strict=False) if h < len(be) - _ENDING_CHARS]
    if len(here) != len(there) or not places:
        return None
    h, t = chance.choice(places)
    beside = set(be[max(h - 1, 0) : h + 2].lower() + ru[max(t - 1, 0) : t + 2].lower())
    new_be, new_ru, _ = chance.choice([other for other in others if not beside & set(other[2])])
    return (be[:h] + new_be + be[h + 1 :]).capitalize(), (ru[:t] + new_ru + ru[t + 1 :]).capitalize()


def _suffix_changed(chance: random.Random, be: str, ru: str) -> tuple[str, str]:
    """Both spellings cut after a consonant and given another suffix."""
    cuts = [n for n in range(3, min(len(be), len(ru), 7)) if {be[n - 1], ru[n - 1]} <= set(CONSONANTS) - {"й"}]
    keep = chance.choice(cuts or [3])
    ru_man, be_man, _, _ = chance.choice([suffix for suffix in _SUFFIXES if suffix[1] != be[keep:]])
    return be[:keep] + be_man, ru[:keep] + ru_man
