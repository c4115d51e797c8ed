"""Small words that change what a sentence says, by language: negations, conditions, deictics, pronouns.

Data. A language without an entry has none, and rules that need one leave its documents alone.
"""

from bot.records.wording.stems import Words

# What may not be cut off in front of a quote, since the sense would change.
LEADING: Words = {
    "en": ("not", "no", "never", "without", "if", "unless", "until", "allegedly", "reportedly"),
    "be": ("не", "ніколі", "без", "калі", "нібыта"),
    "ru": ("не", "никогда", "без", "если", "якобы"),
}
# In front of a quote that begins with a number.
LEADING_NUMBERS: Words = {
    "en": ("nearly", "almost", "at least", "more than", "less than", "fewer than", "about", "around", "over", "some",
           "approximately", "up to"),
    "be": ("амаль", "не менш за", "больш за", "менш за", "каля", "прыблізна", "прынамсі", "звыш", "да"),
    "ru": ("почти", "не менее", "более", "менее", "около", "примерно", "свыше", "до"),
}  # fmt: skip

# What may not be cut off behind a quote.
TRAILING: Words = {
    "en": (
        "not",
        "never",
        "no longer",
        "until",
        "unless",
        "if",
        "only if",
        "only when",
        "except",
        "but not",
        "provided",
    ),
    "be": ("не", "ніколі", "пакуль", "калі толькі", "акрамя"),
    "ru": ("не", "никогда", "пока", "если только", "кроме"),
}

# In front of a quote and in its clause, these turn it round ("does not rectify the fact that …").
NEGATIONS: Words = {
    "en": ("not!", "never!", "no longer!", "nor!", "neither!", "cannot!", "without!", "don't!", "doesn't!", "didn't!",
           "isn't!", "wasn't!", "aren't!", "weren't!", "hasn't!", "haven't!", "won't!", "can't!", "fails to!",
           "failed to!"),
    "be": ("не!", "ніколі!", "ані!", "няма!"),
    "ru": ("не!", "никогда!", "ни!", "нет!"),
}  # fmt: skip
# A clause in front of a quote that ends with one of these …
THAT: Words = {
    "en": ("that", "whether"), "be": ("што", "ці", "нібыта", "быццам"), "ru": ("что", "ли", "якобы", "будто"),
}  # fmt: skip
# … and has one of those says that somebody claims it, or denies it.
DOUBTS: Words = {
    "en": ("claim", "alleg", "denies!", "denied!", "deny!", "denying!", "reject", "disput", "doubt", "rumour",
           "untrue", "false", "whether!", "unclear"),
    "be": ("сцвярджа", "адмаўля", "сумнява", "чутк", "ці!", "нібыта", "быццам"),
    "ru": ("утвержда", "отрица", "сомнева", "слух", "ли!", "якобы", "будто"),
}  # fmt: skip

CONDITIONS: Words = {
    "en": ("if!", "unless!", "provided that!", "on condition that!"),
    "be": ("калі!", "пры ўмове"),
    "ru": ("если!", "при условии"),
}

# A sentence with one of these asks for something: it does not report that it happened.
DEMANDS: Words = {
    "en": ("call on", "call upon", "call for", "calls on", "calls upon", "calls for", "called on", "called upon",
           "called for", "calling on", "calling for", "demand", "urge", "urging", "appeal", "advocat", "must!",
           "should!", "propose", "insist", "request", "efforts to!", "we support!", "steps:", "fight to!",
           "immediate and unconditional"),
    "be": ("заклік", "патраб", "патрабу", "прапану", "павінн", "трэба!", "дамага", "звяртаемся", "мусі"),
    "ru": ("призыв", "призва", "требу", "потребова", "предлага", "должн", "необходимо!", "добива", "обращаемся"),
}  # fmt: skip
# Before "released", these put it into a future that may never come ("until all are released").
UNFULFILLED: Words = {
    "en": ("to release", "be released", "to free!", "be freed", "until…are released", "until…is released",
           "until…are freed", "if…released", "if…freed", "not released", "not been released", "not freed",
           "unreleased"),
    "be": ("не вызвал", "каб вызвал", "быць вызвал"),
    "ru": ("не освобо", "чтобы освобо", "быть освобо"),
}  # fmt: skip

PRONOUNS: Words = {
    "en": ("he!", "she!", "they!", "him!", "his!", "her!", "hers!", "them!", "their!"),
    "be": ("ён!", "яна!", "яны!", "яго!", "яму!", "яе!", "ёй!", "іх!", "ім!"),
    "ru": ("он!", "она!", "они!", "его!", "ему!", "её!", "ее!", "ей!", "их!", "им!"),
}

# Between two names: what lists them together, and what does not.
JOINING: Words = {
    "en": ("and", "or", "as well as"),
    "be": ("і", "ды", "а таксама", "або"),
    "ru": ("и", "да", "а также", "или"),
}
NOT_JOINING = frozenset({
    "in", "on", "of", "by", "with", "from", "to", "for", "against", "after", "before", "at", "as", "since", "until",
    "while", "but", "than", "about", "who", "whom", "whose", "which", "that", "was", "were", "is", "are", "has",
    "had", "have", "been", "said", "says", "будзе", "быў", "была", "былі", "у", "ў", "з", "на", "па", "пра", "за",
    "да", "для", "ад", "пасля", "які", "якая", "якія", "што", "в", "во", "с", "со", "по", "о", "об", "до", "от",
    "после", "который", "которая", "которые", "что", "был", "были",
})  # fmt: skip

# Words that take a day, month or year from the document's own date.
TODAY: Words = {
    "en": ("today", "this day", "this very day", "this morning", "this evening"),
    "be": ("сёння", "гэты дзень", "гэтым днём"),
    "ru": ("сегодня", "этот день"),
}
YESTERDAY: Words = {"en": ("yesterday",), "be": ("учора",), "ru": ("вчера",)}
# Monday first.
WEEKDAYS: Words = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "be": ("панядзел", "аўтор", "серад", "чацв", "пятніц", "субот", "нядзел"),
    "ru": ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень"),
}
THIS_MONTH: Words = {
    "en": ("this month",), "be": ("гэтага месяца", "гэтым месяцы"), "ru": ("этого месяца", "этом месяце"),
}  # fmt: skip
LAST_MONTH: Words = {
    "en": ("last month",), "be": ("мінулага месяца", "мінулым месяцы"), "ru": ("прошлого месяца", "прошлом месяце"),
}  # fmt: skip
THIS_YEAR: Words = {
    "en": ("this year",), "be": ("сёлета", "гэтага года", "гэтым годзе"), "ru": ("этого года", "этом году"),
}  # fmt: skip
LAST_YEAR: Words = {
    "en": ("last year",), "be": ("летась", "мінулага года", "мінулым годзе"), "ru": ("прошлого года", "прошлом году"),
}  # fmt: skip
# Just before a date: it says when something began, or the day a number or a report speaks of.
SINCE: Words = {
    "en": ("since", "since early", "since late", "since mid", "since the beginning of", "since the end of"),
    "be": ("з", "ад", "пачынаючы з"),
    "ru": ("с", "со", "начиная с"),
}
AS_OF: Words = {
    "en": ("as of", "as at"), "be": ("станам на", "па стане на"), "ru": ("по состоянию на", "на"),
}  # fmt: skip
APPROXIMATELY: Words = {
    "en": ("about", "around", "approximately", "roughly", "circa", "some time", "probably", "possibly", "presumably",
           "believed", "reported", "might", "may have", "or"),
    "be": ("каля", "прыблізна", "магчыма", "верагодна", "або"),
    "ru": ("около", "примерно", "возможно", "вероятно", "или"),
}  # fmt: skip

# What a phrase of time has in it.
TIMES: Words = {
    "en": ("today", "yesterday", "day!", "days!", "week", "month", "year", "decade", "recent", "ongoing", "now!",
           "current", "present", "still!", "earlier", "later", "latest", "ago!", "since!", "past!", "last!",
           "previous", "spring", "summer", "autumn", "winter", "time!", "anniversary", "so far", "already", "shortly",
           "then!", "mid"),
    "be": ("сёння", "учора", "дзень", "дня!", "дні", "тыд", "месяц", "год", "гады", "гадоў", "нядаўн", "цяпер",
           "зараз", "раней", "пазней", "апошн", "мінул", "сёлета", "летась", "вясн", "лета", "восен", "зім",
           "дагэтуль", "ужо", "з!", "ад!"),
    "ru": ("сегодня", "вчера", "день", "дня!", "дни", "недел", "месяц", "год", "лет!", "недавн", "сейчас", "теперь",
           "ранее", "позже", "последн", "прошл", "весн", "лет", "осен", "зим", "до сих пор", "уже", "с!", "со!"),
}  # fmt: skip
# Words that stand in place of a number.
AMOUNTS: Words = {
    "en": ("hundreds", "thousands", "tens of", "dozens", "scores", "several", "many", "most", "few", "some",
           "majority", "minority", "half", "all!", "every!", "numerous", "countless", "up to", "less than",
           "fewer than"),
    "be": ("сотн", "тысяч", "дзясятк", "некальк", "шмат", "многі", "большасц", "усе!", "палова"),
    "ru": ("сотн", "тысяч", "десятк", "нескольк", "много", "многие", "большинств", "все!", "половин"),
}  # fmt: skip
# Each qualifier of a figure with the words that say it.
QUALIFIERS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "at least": ("at least", "no fewer than", "no less than", "not less than", "a minimum of"),
        "more than": ("more than", "over", "upwards of"),
        "nearly": ("nearly", "almost", "close to"),
        "about": ("about", "around", "approximately", "roughly", "some", "an estimated"),
    },
    "be": {
        "at least": ("прынамсі", "не менш за", "не менш чым", "мінімум"),
        "more than": ("больш за", "больш чым", "звыш"),
        "nearly": ("амаль",),
        "about": ("каля", "прыблізна", "прыкладна"),
    },
    "ru": {
        "at least": ("по меньшей мере", "как минимум", "не менее", "не менее чем"),
        "more than": ("более", "более чем", "больше", "свыше"),
        "nearly": ("почти",),
        "about": ("около", "примерно", "приблизительно"),
    },
}
# A document's own date stands on a line by itself, or beside one of these.
PUBLISHED: Words = {
    "en": ("today", "published", "posted", "dated", "issued", "released on", "statement by", "updated"),
    "be": ("сёння", "апублікаван", "заява"),
    "ru": ("сегодня", "опубликован", "заявление"),
}

# CLDR has months in the genitive and nominative; "in May" takes the locative.
LOCATIVE_MONTHS: Words = {
    "be": ("студзені", "лютым", "сакавіку", "красавіку", "траўні", "чэрвені", "ліпені", "жніўні", "верасні",
           "кастрычніку", "лістападзе", "снежні"),
    "ru": ("январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре", "ноябре",
           "декабре"),
}  # fmt: skip
