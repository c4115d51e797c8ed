"""Words by which a quote grounds what a record says of it, by language of the document.

Data. Each entry is the beginning of a word, matched in any case: "releas" finds "released"; with "!"
it is the whole word. A document in a language without an entry cannot ground the claim, and `check` says so.
"""

from collections.abc import Iterable, Mapping

from babel import Locale

Stems = Mapping[str, Mapping[str, tuple[str, ...]]]

KIND_STEMS: Stems = {
    "en": {
        "arrest": ("arrest", "detention", "detain"),
        "detention": ("detention", "detain", "arrest"),
        "sentence": ("sentence", "prison term", "convict"),
        "death": ("death", "died", "die", "dies", "killed", "passing", "deceased"),
        "release": ("releas", "freed", "free"),
        "disappearance": ("disappear", "incommunicado"),
        "birth": ("born", "birth"),
    },
    "be": {
        "arrest": ("арышт", "затрым"),
        "detention": ("затрым", "арышт"),
        "sentence": ("прысуд", "асуд", "асуджан"),
        "death": ("памёр", "памерл", "смерц", "смерт", "загін", "забіт"),
        "release": ("вызвал", "на волі", "на волю"),
        "disappearance": ("знік", "інкамунікада"),
        "birth": ("нарадзі",),
    },
    "ru": {
        "arrest": ("арест", "задерж"),
        "detention": ("задерж", "арест"),
        "sentence": ("приговор", "осужд", "осуд"),
        "death": ("умер", "смерт", "погиб", "скончал", "убит"),
        "release": ("освобо", "на свобод"),
        "disappearance": ("исчез", "инкоммуникадо"),
        "birth": ("родил", "рожд"),
    },
}

CUSTODY_STEMS: Stems = {
    "en": {
        "imprisoned": ("prison", "imprison", "behind bars", "jail", "detain", "captivity", "colony", "custody"),
        "disappeared": ("disappear", "incommunicado"),
        "released": ("releas", "freed"),
    },
    "be": {
        "imprisoned": ("зняволен", "калоні", "турм", "за кратамі", "палітвяз", "палітзняволен"),
        "disappeared": ("знік", "інкамунікада"),
        "released": ("вызвал", "на волі", "на волю"),
    },
    "ru": {
        "imprisoned": ("заключ", "колони", "тюрьм", "за решёткой", "за решеткой", "политзаключ"),
        "disappeared": ("исчез", "инкоммуникадо"),
        "released": ("освобо", "на свобод"),
    },
}

TAG_STEMS: Stems = {
    "en": {
        "release": ("release", "releasing", "free", "freed"),
        "care": ("medical", "health", "care", "safety", "treatment"),
        "solidarity": ("support", "solidarity", "forgotten", "voice", "vocal"),
        "diplomacy": ("diploma", "ultimatum", "respond", "negotiat", "summon"),
        "sanctions": ("sanction",),
        "assets": ("asset",),
        "transit": ("transit", "cargo"),
        "visas": ("visa",),
        "aid": ("aid", "assistance", "support", "financ"),
        "justice": ("justice", "accountab", "prosecut", "rehabilitat", "compensat", "perpetrator"),
    },
    "be": {
        "release": ("вызвал", "вызваліц"),
        "care": ("медыц", "здароў", "лячэн", "бяспек"),
        "solidarity": ("салідарн", "падтрым"),
        "diplomacy": ("дыпламат", "перамов"),
        "sanctions": ("санкцы",),
        "assets": ("актыв",),
        "transit": ("транзіт",),
        "visas": ("віз",),
        "aid": ("дапамог", "падтрым", "фінанс"),
        "justice": ("адказнасц", "правасуддз", "рэабіліт", "кампенсац"),
    },
    "ru": {
        "release": ("освобо",),
        "care": ("медиц", "здоров", "лечен", "безопасн"),
        "solidarity": ("солидарн", "поддерж"),
        "diplomacy": ("дипломат", "переговор"),
        "sanctions": ("санкци",),
        "assets": ("актив",),
        "transit": ("транзит",),
        "visas": ("виз",),
        "aid": ("помощ", "поддерж", "финанс"),
        "justice": ("ответственн", "правосуд", "реабилит", "компенсац"),
    },
}

IN_CUSTODY_STEMS: Mapping[str, tuple[str, ...]] = {
    # "Prisoner" tells nothing of a place: the whole word is asked for.
    "en": ("prison!", "prisons!", "behind bars", "captivity", "custody", "penal colony", "jail"),
    "be": ("зняволен", "калоні", "турм", "за кратамі"),
    "ru": ("заключ", "колони", "тюрьм", "за решёткой", "за решеткой"),
}

CONDITION_STEMS: Mapping[str, tuple[str, ...]] = {
    "en": ("if ", "unless ", "provided that"),
    "be": ("калі ", "пры ўмове"),
    "ru": ("если ", "при условии"),
}

# What may not be cut off in front of a quote, since the sense would change.
LEADING_WORDS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "not", "no", "never", "without", "nearly", "almost", "at least", "more than", "less than", "about", "up to",
        "if", "unless", "allegedly", "reportedly",
    ),
    "be": ("не", "ніколі", "без", "амаль", "не менш за", "больш за", "менш за", "каля", "да", "калі", "нібыта"),
    "ru": ("не", "никогда", "без", "почти", "не менее", "более", "менее", "около", "до", "если", "якобы"),
}  # fmt: skip


def stems_for(table: Stems, languages: Iterable[str], word: str) -> tuple[str, ...]:
    """The beginnings that ground a word in any of these languages; empty where none are known."""
    return tuple(stem for language in languages for stem in table.get(language, {}).get(word, ()))


def country_stems(code: str, languages: Iterable[str]) -> tuple[str, ...]:
    """How the country's name begins in these languages (CLDR); empty for an unknown code.

    The last letter is left off where names are inflected: "Беларус" finds every case of it.
    """
    names = ((language, Locale(language).territories.get(code)) for language in languages)
    return tuple(name if language == "en" else name[:-1] for language, name in names if name)
