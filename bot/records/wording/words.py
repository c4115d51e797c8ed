"""Words by which a quote grounds what a record says of it, by language of the document.

Data; how a stem is written: see `stems`. A document in a language without an entry cannot ground the
claim, and `check` says so.
"""

from collections.abc import Iterable, Mapping

from bot.records.wording.stems import Words

Stems = Mapping[str, Mapping[str, tuple[str, ...]]]

KINDS: Stems = {
    "en": {
        "arrest": ("arrest", "taken into custody", "apprehend"),
        "detention": ("detention", "detain", "taken into custody", "taken away", "apprehend"),
        "sentence": ("sentenc", "prison term", "convict", "years in prison", "years' imprisonment",
                     "years of imprisonment", "jailed for", "received…years", "given…years", "handed…years"),
        "death": ("death!", "deaths!", "died!", "die!", "dies!", "dying!", "killed!", "passing!", "passed away",
                  "deceased", "found dead", "suicide", "lost his life", "lost her life"),
        "release": ("releas", "freed!", "set free", "walk…free!", "left prison", "left the colony"),
        "disappearance": ("disappear", "incommunicado", "went missing", "whereabouts"),
        "birth": ("born!", "birth"),
        "resolution": ("resolution",),
        "election": ("elect",),
        "rally": ("rall", "protest", "demonstrat", "marched!", "marches!", "picket"),
    },
    "be": {
        "arrest": ("арышт",),
        "detention": ("затрым",),
        "sentence": ("прысуд", "асуд", "засуд", "пакаран", "пакара"),
        "death": ("памёр", "памерл", "памер!", "смерц", "смерт", "загін", "забіт", "не стала"),
        "release": ("вызвал", "на волі", "на волю"),
        "disappearance": ("знік", "інкамунікада"),
        "birth": ("нарадзі", "нараджэн"),
        "resolution": ("рэзалюц",),
        "election": ("выбар",),
        "rally": ("мітынг", "пратэст", "акцы", "марш", "шэсц", "пікет"),
    },
    "ru": {
        "arrest": ("арест",),
        "detention": ("задерж",),
        "sentence": ("приговор", "осужд", "осуд", "наказан"),
        "death": ("умер", "смерт", "погиб", "скончал", "убит", "не стало"),
        "release": ("освобо", "на свобод", "на воле", "на волю"),
        "disappearance": ("исчез", "инкоммуникадо"),
        "birth": ("родил", "рожд"),
        "resolution": ("резолюц",),
        "election": ("выбор",),
        "rally": ("митинг", "протест", "акци", "марш", "шестви", "пикет"),
    },
}  # fmt: skip
# What befalls a person, as against statements, elections and rallies.
KINDS_OF_PEOPLE = frozenset({"arrest", "detention", "sentence", "death", "release", "disappearance", "birth"})
# A date beside one of these is that of a pardon, which is no release.
PARDON: Words = {"en": ("pardon",), "be": ("памілаван",), "ru": ("помилован",)}
# What looks like such a word and is none.
NO_KIND: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "death": ("death penalt", "death sentence", "death threat", "death row", "risk of…death", "life or death"),
        "arrest": ("arrest warrant", "house arrest warrant"),
        "sentence": ("death sentence",),
        "release": ("press release", "released…statement", "releases…statement", "release of…support",
                    "release of…fund", "release of…aid", "release of…assistance", "release of…asset",
                    "released…report"),
    },
    "be": {"death": ("смяротн",), "arrest": (), "release": ("прэс-рэліз",)},
    "ru": {"death": ("смертная казнь", "смертной казн"), "arrest": (), "release": ("пресс-релиз",)},
}  # fmt: skip
# Between a death and a name, these tell that the person named is alive.
ALIVE: Words = {
    "en": ("remain", "fear for", "still behind", "still in", "at risk", "survive", "mourn"),
    "be": ("застаюцца", "застаецца", "баімся"),
    "ru": ("остаются", "остаётся", "остается", "опасаемся"),
}

CUSTODY: Stems = {
    "en": {
        # "Prisoner" tells only what somebody was called, perhaps when let go: the word alone is no ground.
        "imprisoned": ("prison!", "prisons!", "imprison", "behind bars", "jail", "detain", "detention!", "captivity",
                       "colony", "custody", "house arrest", "SIZO", "remand", "is held", "are held", "being held",
                       "list of…prisoners", "remains a political prisoner", "serving…sentence", "serving…term"),
        "disappeared": ("disappear", "incommunicado", "went missing", "whereabouts"),
        "released": ("releas", "freed!", "set free", "walk…free!", "left prison", "left the colony"),
    },
    "be": {
        "imprisoned": ("зняволенн", "калоні", "калонію", "калонія", "турм", "за кратамі", "пад вартай", "СІЗА",
                       "хатні", "хатнім арышт", "у спісе…палітвяз", "у спіс…палітвяз", "прызнан…палітвяз",
                       "прызнан…палітзняв"),
        "disappeared": ("знік", "інкамунікада"),
        "released": ("вызвал", "на волі", "на волю"),
    },
    "ru": {
        "imprisoned": ("заключени", "колони", "тюрьм", "за решёткой", "за решеткой", "под стражей", "СИЗО",
                       "домашний арест", "домашнем арест", "в списке…политзаключ", "признан…политзаключ"),
        "disappeared": ("исчез", "инкоммуникадо"),
        "released": ("освобо", "на свобод", "на воле", "на волю"),
    },
}  # fmt: skip
# Taken out before custody is looked for: leaving prison is not being there.
LEAVING: Words = {
    "en": ("released from…prison", "released from…jail", "released from…custody", "released from…detention",
           "released from…colony", "freed from…prison", "release from…prison", "left prison", "leaving prison",
           "released after…prison", "freed after…prison", "out of prison", "released from…imprisonment",
           "no longer in prison", "not in prison", "no longer behind bars"),
    "be": ("вызвал…з…калоні", "вызвал…з…зняволен", "вызвал…са…зняволен", "вызвал…з-пад варты", "вызвал…з турм"),
    "ru": ("освобо…из…колони", "освобо…из…заключ", "освобо…из-под стражи", "освобо…из…тюрьм"),
}  # fmt: skip

# A sentence that also asks for something reports a release only in one of these forms.
WAS_RELEASED: Words = {
    "en": ("was…released", "were…released", "been…released", "was…freed", "were…freed", "been…freed", "releasing",
           "release on", "released on", "released in", "released after", "released from", "walked free"),
    "be": ("быў вызвал", "была вызвал", "былі вызвал", "вызвалілі", "вызваліў", "выйшаў", "выйшла", "выйшлі"),
    "ru": ("был освобо", "была освобо", "были освобо", "освободили", "освободил", "вышел", "вышла", "вышли"),
}  # fmt: skip

IN_CUSTODY: Words = {
    # "Prisoner" tells nothing of a place: the whole word is asked for.
    "en": ("prison!", "prisons!", "behind bars", "captivity", "custody", "penal colony", "jail", "detention!"),
    "be": ("зняволенн", "калоні", "турм", "за кратамі", "пад вартай", "СІЗА"),
    "ru": ("заключени", "колони", "тюрьм", "за решёткой", "за решеткой", "под стражей", "СИЗО"),
}
# The death itself is placed in prison by these words.
DIED_IN_CUSTODY: Words = {
    "en": ("died in…prison!", "died in…custody", "died in…detention!", "died in…colony", "died in…captivity",
           "died behind bars", "die behind bars", "death behind bars", "deaths behind bars", "death…in…prison!",
           "death in…custody", "die in…prison!"),
    "be": ("памёр у…зняволенн", "памёр у…калоні", "памёр за кратамі", "смерць у…зняволенн", "смерць у…калоні"),
    "ru": ("умер в…заключени", "умер в…колони", "умер за решёткой", "смерть в…заключени", "смерть в…колони"),
}  # fmt: skip

TAGS: Stems = {
    "en": {
        "release": ("release", "releasing", "free!", "freed!"),
        "care": ("medical", "health", "care!", "safety", "treatment"),
        "solidarity": ("support", "solidarity", "forgotten", "voice", "vocal"),
        "diplomacy": ("diploma", "ultimatum", "respond", "negotiat", "summon"),
        "sanctions": ("sanction",),
        "assets": ("asset",),
        "transit": ("transit", "cargo"),
        "visas": ("visa!", "visas!"),
        "aid": ("aid!", "assistance", "support", "financ"),
        "justice": ("justice", "accountab", "prosecut", "rehabilitat", "compensat", "perpetrator"),
    },
    "be": {
        "release": ("вызвал", "вызваліц"),
        "care": ("медыц", "здароў", "лячэн", "бяспек"),
        "solidarity": ("салідарн", "падтрым"),
        "diplomacy": ("дыпламат", "перамов"),
        "sanctions": ("санкцы",),
        "assets": ("актыв!", "актывы!", "актываў!", "актывамі!"),
        "transit": ("транзіт",),
        "visas": ("віз!", "візы!", "візу!", "візав"),
        "aid": ("дапамог", "падтрым", "фінанс"),
        "justice": ("адказнасц", "правасуддз", "рэабіліт", "кампенсац"),
    },
    "ru": {
        "release": ("освобо",),
        "care": ("медиц", "здоров", "лечен", "безопасн"),
        "solidarity": ("солидарн", "поддерж"),
        "diplomacy": ("дипломат", "переговор"),
        "sanctions": ("санкци",),
        "assets": ("актив!", "активы!", "активов!", "активами!"),
        "transit": ("транзит",),
        "visas": ("виз!", "визы!", "визу!", "визов"),
        "aid": ("помощ", "поддерж", "финанс"),
        "justice": ("ответственн", "правосуд", "реабилит", "компенсац"),
    },
}
# A call with these words has this tag: without it, it would be posted unasked, or past who asked for none.
TAGS_REQUIRED: Stems = {
    "en": {
        "sanctions": ("sanction",),
        "assets": (
            "frozen assets",
            "seizure of…assets",
            "assets of",
            "these assets",
            "freeze…assets",
            "confiscat…assets",
        ),
        "transit": ("transit!", "cargo"),
        "visas": ("visa!", "visas!"),
        "justice": (
            "to justice!",
            "accountability",
            "perpetrator",
            "criminal prosecution",
            "rehabilitation",
            "compensation",
        ),
    },
    "be": {
        "sanctions": ("санкцы",),
        "transit": ("транзіт",),
        "visas": ("візы!", "візав"),
        "justice": ("да адказнасц",),
    },
    "ru": {
        "sanctions": ("санкци",),
        "transit": ("транзит",),
        "visas": ("визы!", "визов"),
        "justice": ("к ответственн",),
    },
}

# Said outside quotation marks, these are the bot's own voice.
NOT_OUR_WORDS: Words = {
    "en": (
        "pardon",
        "free!",
        "freed!",
        "safe!",
        "innocent",
        "hero!",
        "heroes!",
        "heroic",
        "martyr",
        "murder",
        "killed!",
    ),
    "be": ("герой!", "героі!", "герояў!", "геройск", "невінават", "невінова", "забіт", "забойств", "катаў!"),
    "ru": ("герой!", "герои!", "героев!", "геройск", "невиновн", "убит", "убийств"),
    "uk": ("герой!", "герої!", "героїв!", "геройськ", "невинн", "невинуват", "вбит", "вбивств", "убит", "помилува"),
    "pl": ("bohater", "męczenni", "niewinn", "zabit", "zabój", "zamordowa", "morderst", "ułaskaw", "wolny!", "wolna!"),
    "lt": ("didvyr", "herojus!", "herojai!", "kankinys!", "kankiniai!", "nekalt", "nužud", "žudym", "malon", "laisvas!",
           "laisva!"),
    "de": ("held!", "helden", "heldin", "märtyrer", "unschuld", "ermord", "mord!", "morde!", "getötet", "begnadig",
           "frei!"),
}  # fmt: skip
# What a state calls what it lists.
LISTED: Stems = {
    "en": {"extremist": ("extremis",), "undesirable": ("undesirab",)},
    "be": {"extremist": ("экстрэміс",), "undesirable": ("непажадан",)},
    "ru": {"extremist": ("экстремис",), "undesirable": ("нежелат",)},
    "uk": {"extremist": ("екстреміс",), "undesirable": ("небажан",)},
    "pl": {"extremist": ("ekstremis",), "undesirable": ("niepożądan",)},
    "lt": {"extremist": ("ekstremis",), "undesirable": ("nepageidauj", "nepageidaut")},
    "de": {"extremist": ("extremis",), "undesirable": ("unerwünscht",)},
}
# How a publisher or caller is described whom the document leaves without a name.
UNNAMED = ("not named", "unnamed", "unknown", "anonymous", "undersigned", "signator")


def stems_for(table: Stems, language: str, word: str) -> tuple[str, ...]:
    """The stems that ground a word in this language; empty where none are known."""
    return tuple(table.get(language, {}).get(word, ()))


def for_languages(words: Words, languages: Iterable[str]) -> tuple[str, ...]:
    """The entries of all these languages."""
    return tuple(stem for language in languages for stem in words.get(language, ()))
