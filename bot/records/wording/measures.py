"""Words by which a quote grounds what a figure counts. Data; how a stem is written: see `stems`."""

from bot.records.wording.words import Stems

# Each measure belongs to one family; "pardoned", "released", "remaining" … stand beside each other in
# sentences, so the family nearest to the number must be the figure's own.
FAMILIES = {
    "behind-bars": "imprisoned",
    "considered-political-prisoners": "political prisoners",
    "on-a-list": "list",
    "imprisoned-in-all": "imprisoned",
    "imprisoned-for-protest": "imprisoned",
    "convicted-besides": "convicted",
    "died-in-all": "died",
    "died-since": "died",
    "released-in-all": "released",
    "released-in-a-period": "released",
    "released-besides": "released",
    "pardoned": "pardoned",
    "remaining": "remaining",
    "health-disability-age": "health",
    "occupations": "people",
    "added-to-a-suspect-list": "suspects",
    "sanctions-list": "list",
    "assets": "assets",
}
RIVALS = frozenset({"convicted", "died", "released", "pardoned", "remaining"})

FAMILY_STEMS: Stems = {
    "en": {
        "imprisoned": ("imprison", "behind bars", "prison!", "jail", "detain", "detention!", "custody"),
        "political prisoners": ("political prisoner", "prisoners of conscience"),
        "list": ("list",),
        "convicted": ("convict", "sentenc"),
        "died": ("died!", "die!", "death!", "deaths!"),
        "released": ("releas", "freed!"),
        "pardoned": ("pardon",),
        "remaining": ("remain", "still"),
        "health": ("health", "disabilit", "ill!", "sick"),
        "suspects": ("suspect", "investigat"),
        "assets": ("asset",),
    },
    "be": {
        "imprisoned": ("зняволен", "за кратамі", "калоні", "турм", "затрым", "пад вартай"),
        "political prisoners": ("палітычн…зняволен", "палітзняволен", "палітвяз"),
        "list": ("спіс",),
        "convicted": ("асуд", "асудж", "прысуд"),
        "died": ("памёр", "памерл", "памерц", "смерц", "смерт"),
        "released": ("вызвал",),
        "pardoned": ("памілаван",),
        "remaining": ("застаюц", "застаец", "дагэтуль"),
        "health": ("здароў", "інвалід", "хвор"),
        "suspects": ("падазраван", "расследаван"),
        "assets": ("актыв",),
    },
    "ru": {
        "imprisoned": ("заключен", "за решёткой", "за решеткой", "колони", "тюрьм", "задерж", "под стражей"),
        "political prisoners": ("политическ…заключ", "политзаключ"),
        "list": ("спис",),
        "convicted": ("осужд", "осуд", "приговор"),
        "died": ("умер", "смерт", "погиб", "скончал"),
        "released": ("освобо",),
        "pardoned": ("помилов",),
        "remaining": ("остают", "остаёт", "остает", "до сих пор"),
        "health": ("здоров", "инвалид", "больн"),
        "suspects": ("подозрева", "расследован"),
        "assets": ("актив",),
    },
}
