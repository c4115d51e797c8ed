"""The posts of the real calendar, word for word, in the seven languages."""

import pytest

from bot.agenda.occurrence import Slot
from tests.posts.speaking import NARROW, commands_of, posted

LEDNIK = {
    "en": """\
🕯 <b>20 February: three years since the death in custody of Ihar Lednik</b>
Civil society activist, member of the Eastern Partnership Civil Society Forum. Aged 64.
<blockquote>Ihar Lednik died in prison on 20 February 2024.</blockquote>
EaP CSF Steering Committee, 27 February 2024""",
    "be": """\
🕯 <b>20 лютага. Ігар Леднік: 3 гады з дня смерці ў зняволенні</b>
Грамадскі актывіст, сябра Форуму грамадзянскай супольнасці Усходняга партнёрства. Узрост: 64 гады.
<blockquote>Ihar Lednik died in prison on 20 February 2024.</blockquote>
Кіраўнічы камітэт Форуму грамадзянскай супольнасці Усходняга партнёрства, 27 лютага 2024~г.""",
    "ru": """\
🕯 <b>20 февраля. Игорь Ледник: 3 года со дня смерти в заключении</b>
Общественный активист, член Форума гражданского общества Восточного партнёрства. Возраст: 64 года.
<blockquote>Ihar Lednik died in prison on 20 February 2024.</blockquote>
Руководящий комитет Форума гражданского общества Восточного партнёрства, 27 февраля 2024~г.""",
    "uk": """\
🕯 <b>20 лютого. Ігор Леднік: 3 роки від дня смерті в ув’язненні</b>
Громадський активіст, член Форуму громадянського суспільства Східного партнерства. Вік: 64 роки.
<blockquote>Ihar Lednik died in prison on 20 February 2024.</blockquote>
Керівний комітет Форуму громадянського суспільства Східного партнерства, 27 лютого 2024~р.""",
    "pl": """\
🕯 <b>20 lutego – Ihar Lednik: 3 lata od śmierci w więzieniu</b>
Działacz społeczny, członek Forum Społeczeństwa Obywatelskiego Partnerstwa Wschodniego. Wiek: 64 lata.
<blockquote>Ihar Lednik died in prison on 20 February 2024.</blockquote>
Komitet Sterujący Forum Społeczeństwa Obywatelskiego Partnerstwa Wschodniego, 27 lutego 2024""",
    "lt": """\
🕯 <b>Vasario 20 d. – Iharas Lednikas: 3 metai nuo mirties įkalinimo įstaigoje</b>
Pilietinės visuomenės aktyvistas, Rytų partnerystės pilietinės visuomenės forumo narys. Amžius: 64 metai.
<blockquote>Ihar Lednik died in prison on 20 February 2024.</blockquote>
Rytų partnerystės pilietinės visuomenės forumo Koordinacinis komitetas, 2024 m. vasario 27 d.""",
    "de": """\
🕯 <b>20. Februar – Ihar Lednik: 3 Jahre seit dem Tod in Haft</b>
Zivilgesellschaftlicher Aktivist, Mitglied des Zivilgesellschaftsforums der Östlichen Partnerschaft. Alter: 64 Jahre.
<blockquote>Ihar Lednik died in prison on 20 February 2024.</blockquote>
Lenkungsausschuss des Zivilgesellschaftsforums der Östlichen Partnerschaft, 27. Februar 2024""",
}

ASHURAK_QUOTE = (
    "<blockquote>Since the death of political prisoner and activist Vitold Ashurak in prison in May 2021, at least "
    "five more political prisoners have died in the regime’s places of captivity: Mikalai Klimovich, Ales Pushkin, "
    "Vadzim Khrasko, Ihar Lednik, and Aliaksandr Kulinich.</blockquote>"
)
ASHURAK = {
    "en": f"""\
🕯 <b>May, known only by month: death in custody of Vitold Ashurak (May 2021)</b>
Activist.
{ASHURAK_QUOTE}
EU NEIGHBOURS east, 21 May 2024""",
    "be": f"""\
🕯 <b>Май (вядомы толькі месяц). Вітольд Ашурак: смерць у зняволенні (май 2021)</b>
Актывіст.
{ASHURAK_QUOTE}
EU NEIGHBOURS east, 21 мая 2024~г.""",
    "ru": f"""\
🕯 <b>Май (известен только месяц). Витольд Ашурок: смерть в заключении (май 2021~г.)</b>
Активист.
{ASHURAK_QUOTE}
EU NEIGHBOURS east, 21 мая 2024~г.""",
    "uk": f"""\
🕯 <b>Травень (відомий лише місяць). Вітольд Ашурок: смерть в ув’язненні (травень 2021~р.)</b>
Активіст.
{ASHURAK_QUOTE}
EU NEIGHBOURS east, 21 травня 2024~р.""",
    "pl": f"""\
🕯 <b>Maj (znany tylko miesiąc): Witold Aszurak – śmierć w więzieniu (maj 2021)</b>
Aktywista.
{ASHURAK_QUOTE}
EU NEIGHBOURS east, 21 maja 2024""",
    "lt": f"""\
🕯 <b>Gegužė (žinomas tik mėnuo): Vitoldas Ašurakas – mirtis įkalinimo įstaigoje (2021 m. gegužė)</b>
Aktyvistas.
{ASHURAK_QUOTE}
EU NEIGHBOURS east, 2024 m. gegužės 21 d.""",
    "de": f"""\
🕯 <b>Mai (nur der Monat ist bekannt): Witold Aschurak – Tod in Haft (Mai 2021)</b>
Aktivist.
{ASHURAK_QUOTE}
EU NEIGHBOURS east, 21. Mai 2024""",
}

ARREST_QUOTE = (
    "<blockquote>On 14 July 2025 it will be four years since Belarusian authorities arrested Nobel Peace Prize "
    "laureate Ales Bialiatski and fellow human rights defenders Valentsin Stefanovich and Uladzimir Labkovich."
    "</blockquote>"
)
ARREST = {
    "en": f"""\
<b>14 July: six years since the arrest of Ales Bialiatski, Valentsin Stefanovich and Uladzimir Labkovich</b>
Ales Bialiatski: Human rights defender, laureate of the Nobel Peace Prize and the Sakharov Prize, \
leading member of the Viasna Human Rights Centre. \
Last reported: imprisoned (Amnesty International, 14 July 2025).
Valentsin Stefanovich: Human rights defender, leading member of the Viasna Human Rights Centre. \
Last reported: imprisoned (Amnesty International, 14 July 2025).
Uladzimir Labkovich: Human rights defender, leading member of the Viasna Human Rights Centre. \
Last reported: imprisoned (Amnesty International, 14 July 2025).
Our documents end there: we do not know whether they are free today.
{ARREST_QUOTE}
Amnesty International, 14 July 2025""",
    "be": f"""\
<b>14 ліпеня. Алесь Бяляцкі, Валянцін Стэфановіч і Уладзімір Лабковіч: 6 гадоў з дня арышту</b>
Алесь Бяляцкі: Праваабаронца, лаўрэат Нобелеўскай прэміі міру і прэміі імя Сахарава, \
адзін з вядучых сяброў Праваабарончага цэнтра «Вясна». \
Апошняе паведамленне: у зняволенні (Amnesty International, 14 ліпеня 2025~г.).
Валянцін Стэфановіч: Праваабаронца, адзін з вядучых сяброў Праваабарончага цэнтра «Вясна». \
Апошняе паведамленне: у зняволенні (Amnesty International, 14 ліпеня 2025~г.).
Уладзімір Лабковіч: Праваабаронца, адзін з вядучых сяброў Праваабарончага цэнтра «Вясна». \
Апошняе паведамленне: у зняволенні (Amnesty International, 14 ліпеня 2025~г.).
Нашы дакументы на гэтым заканчваюцца: ці на волі сёння — мы не ведаем.
{ARREST_QUOTE}
Amnesty International, 14 ліпеня 2025~г.""",
    "ru": f"""\
<b>14 июля. Алесь Беляцкий, Валентин Стефанович и Владимир Лабкович: 6 лет со дня ареста</b>
Алесь Беляцкий: Правозащитник, лауреат Нобелевской премии мира и премии имени Сахарова, \
один из ведущих членов Правозащитного центра «Весна». \
Последнее сообщение: в заключении (Amnesty International, 14 июля 2025~г.).
Валентин Стефанович: Правозащитник, один из ведущих членов Правозащитного центра «Весна». \
Последнее сообщение: в заключении (Amnesty International, 14 июля 2025~г.).
Владимир Лабкович: Правозащитник, один из ведущих членов Правозащитного центра «Весна». \
Последнее сообщение: в заключении (Amnesty International, 14 июля 2025~г.).
Наши документы на этом заканчиваются: на свободе ли сегодня — мы не знаем.
{ARREST_QUOTE}
Amnesty International, 14 июля 2025~г.""",
}

# Heading, the beginning of a person's line, and the custody of each.
FURTHER_ARRESTS = {
    "uk": (
        "14 липня. Алесь Біляцький, Валентин Стефанович і Володимир Лабкович: 6 років від дня арешту",
        "Алесь Біляцький: Правозахисник, лауреат Нобелівської премії миру та премії імені Сахарова, ",
        " Останнє повідомлення: в ув’язненні (Amnesty International, 14 липня 2025~р.).",
    ),
    "pl": (
        "14 lipca – Aleś Bialacki, Walancin Stefanowicz i Uładzimir Łabkowicz: 6 lat od aresztowania",
        "Aleś Bialacki: Obrońca praw człowieka, laureat Pokojowej Nagrody Nobla i Nagrody im. Sacharowa, ",
        " Ostatnia informacja: w więzieniu (Amnesty International, 14 lipca 2025).",
    ),
    "lt": (
        "Liepos 14 d. – Alesis Bialiackis, Valiancinas Stefanovičius ir Uladzimiras Labkovičius: 6 metai nuo suėmimo",
        "Alesis Bialiackis: Žmogaus teisių gynėjas, Nobelio taikos premijos ir Sacharovo premijos laureatas, ",
        " Paskutinis pranešimas: įkalinimas (Amnesty International, 2025 m. liepos 14 d.).",
    ),
    "de": (
        "14. Juli – Ales Bjaljazki, Waljanzin Stefanowitsch und Uladsimir Labkowitsch: 6 Jahre seit der Verhaftung",
        "Ales Bjaljazki: Menschenrechtsverteidiger, Träger des Friedensnobelpreises und des Sacharow-Preises, ",
        " Zuletzt gemeldet: in Haft (Amnesty International, 14. Juli 2025).",
    ),
}

RELEASE = {
    "en": """\
<b>21 June: two years since the release of Siarhei Tsikhanouski and 13 others</b>
Opposition activist.
Last reported: released (as of: 21 June 2025; Amnesty International, 14 July 2025).
Our documents end there: we do not know whether they are free today.""",
    "be": """\
<b>21 чэрвеня. Сяргей Ціханоўскі і яшчэ 13 чалавек: 2 гады з дня вызвалення</b>
Апазіцыйны актывіст.
Апошняе паведамленне: вызваленне (станам на: 21 чэрвеня 2025~г.; Amnesty International, 14 ліпеня 2025~г.).
Нашы дакументы на гэтым заканчваюцца: ці на волі сёння — мы не ведаем.""",
    "ru": """\
<b>21 июня. Сергей Тихановский и ещё 13 человек: 2 года со дня освобождения</b>
Оппозиционный активист.
Последнее сообщение: освобождение (по состоянию на: 21 июня 2025~г.; Amnesty International, 14 июля 2025~г.).
Наши документы на этом заканчиваются: на свободе ли сегодня — мы не знаем.""",
    "uk": """\
<b>21 червня. Сергій Тихановський і ще 13 людей: 2 роки від дня звільнення</b>
Опозиційний активіст.
Останнє повідомлення: звільнення (станом на: 21 червня 2025~р.; Amnesty International, 14 липня 2025~р.).
На цьому наші документи закінчуються: чи на волі сьогодні — ми не знаємо.""",
    "pl": """\
<b>21 czerwca – Siarhiej Cichanouski i jeszcze 13 osób: 2 lata od zwolnienia</b>
Działacz opozycji.
Ostatnia informacja: zwolnienie (stan na: 21 czerwca 2025; Amnesty International, 14 lipca 2025).
Na tym nasze dokumenty się kończą: czy dziś na wolności – tego nie wiemy.""",
    "lt": """\
<b>Birželio 21 d. – Siarhejus Cichanouskis ir dar 13 žmonių: 2 metai nuo paleidimo</b>
Opozicijos aktyvistas.
Paskutinis pranešimas: paleidimas (duomenų data: 2025 m. birželio 21 d.; Amnesty International, 2025 m. liepos 14 d.).
Čia mūsų dokumentai baigiasi: ar šiandien laisvėje – nežinome.""",
    "de": """\
<b>21. Juni – Sergej Tichanowski und 13 weitere Personen: 2 Jahre seit der Freilassung</b>
Oppositionsaktivist.
Zuletzt gemeldet: Freilassung (Stand: 21. Juni 2025; Amnesty International, 14. Juli 2025).
Hier enden unsere Dokumente: Ob heute in Freiheit, wissen wir nicht.""",
}

SOLIDARITY = {
    "en": """\
<b>21 May: International Day of Solidarity with Political Prisoners in Belarus</b>
<blockquote>Today, the European Union marks the International Day of Solidarity with Political Prisoners in Belarus.\
</blockquote>
EU NEIGHBOURS east, 21 May 2024""",
    "be": """\
<b>21 мая. Міжнародны дзень салідарнасці з палітычнымі зняволенымі ў Беларусі</b>
<blockquote>Today, the European Union marks the International Day of Solidarity with Political Prisoners in Belarus.\
</blockquote>
EU NEIGHBOURS east, 21 мая 2024~г.""",
    "ru": """\
<b>21 мая. Международный день солидарности с политическими заключёнными в Беларуси</b>
<blockquote>Today, the European Union marks the International Day of Solidarity with Political Prisoners in Belarus.\
</blockquote>
EU NEIGHBOURS east, 21 мая 2024~г.""",
    "uk": """\
<b>21 травня. Міжнародний день солідарності з політичними в’язнями в Білорусі</b>
<blockquote>Today, the European Union marks the International Day of Solidarity with Political Prisoners in Belarus.\
</blockquote>
EU NEIGHBOURS east, 21 травня 2024~р.""",
    "pl": """\
<b>21 maja – Międzynarodowy Dzień Solidarności z Więźniami Politycznymi w Białorusi</b>
<blockquote>Today, the European Union marks the International Day of Solidarity with Political Prisoners in Belarus.\
</blockquote>
EU NEIGHBOURS east, 21 maja 2024""",
    "lt": """\
<b>Gegužės 21 d. – Tarptautinė solidarumo su politiniais kaliniais Baltarusijoje diena</b>
<blockquote>Today, the European Union marks the International Day of Solidarity with Political Prisoners in Belarus.\
</blockquote>
EU NEIGHBOURS east, 2024 m. gegužės 21 d.""",
    "de": """\
<b>21. Mai – Internationaler Tag der Solidarität mit politischen Gefangenen in Belarus</b>
<blockquote>Today, the European Union marks the International Day of Solidarity with Political Prisoners in Belarus.\
</blockquote>
EU NEIGHBOURS east, 21. Mai 2024""",
}


def spelled(text: str) -> str:
    """The expected text with the narrow space that stands as `~` here."""
    return text.replace("~", NARROW)


@pytest.mark.parametrize("language", LEDNIK)
def test_death_in_custody_is_remembered_word_for_word(language: str) -> None:
    assert posted("2027-02-20", language, Slot.MEMORIAL).html == spelled(LEDNIK[language])


@pytest.mark.parametrize("language", ASHURAK)
def test_death_known_only_by_month_stands_on_the_first(language: str) -> None:
    assert posted("2027-05-01", language, Slot.MEMORIAL).html == spelled(ASHURAK[language])


@pytest.mark.parametrize("language", ARREST)
def test_each_of_several_arrested_has_a_custody_line_of_their_own(language: str) -> None:
    assert posted("2027-07-14", language).html == spelled(ARREST[language])


@pytest.mark.parametrize(("language", "lines"), FURTHER_ARRESTS.items())
def test_those_arrested_together_are_told_in_each_further_language(language: str, lines: tuple[str, str, str]) -> None:
    heading, person, custody = map(spelled, lines)
    html = posted("2027-07-14", language).html
    assert html.startswith(f"<b>{heading}</b>\n{person}")
    assert html.count(custody) == 3


@pytest.mark.parametrize("language", RELEASE)
def test_release_is_told_as_released_and_no_more(language: str) -> None:
    assert posted("2027-06-21", language).html.startswith(spelled(RELEASE[language]) + "\n<blockquote>")


@pytest.mark.parametrize("language", SOLIDARITY)
def test_solidarity_day_is_named_and_quoted(language: str) -> None:
    assert posted("2027-05-21", language).html.startswith(spelled(SOLIDARITY[language]))


def test_solidarity_day_tells_the_calls_made_on_that_day() -> None:
    assert "\n\nOn 21 May 2024: call by " in posted("2027-05-21", "en").html
    assert posted("2027-05-21", "en").html.endswith("\nIt may have been met or dropped since.")


def test_calls_of_one_passage_are_told_once() -> None:
    assert posted("2027-05-21", "en").html.count("unconditional release of all political prisoners") == 1


def test_within_the_shelf_life_nothing_says_that_documents_end() -> None:
    assert "Our documents end there" not in posted("2025-07-14", "en").html


def test_leads_count_the_days_to_come() -> None:
    day = "International Day of Solidarity with Political Prisoners in Belarus"
    assert f"<b>In 7 days: 21 May, {day}</b>" in posted("2027-05-14", "en").html
    assert f"<b>Tomorrow: 21 May, {day}</b>" in posted("2027-05-20", "en").html
    assert "<b>Праз 7 дзён: 21 мая. Міжнародны дзень" in posted("2027-05-14", "be").html
    assert "<b>Завтра: 21 мая. Международный день" in posted("2027-05-20", "ru").html


def test_buttons_of_a_death() -> None:
    post = posted("2027-02-20", "en", Slot.MEMORIAL)
    assert [b.text for row in post.buttons for b in row] == [
        "Why do we say this?",
        "Others who died in custody",
        "Share",
    ]
    assert commands_of(post) == ["/why ihar-lednik-death", "/remember"]


def test_past_the_shelf_life_there_is_no_text_to_share() -> None:
    stale, fresh = posted("2027-07-14", "en"), posted("2025-07-14", "en")
    assert "Share" not in [b.text for row in stale.buttons for b in row]
    assert "Share" in [b.text for row in fresh.buttons for b in row]


def test_a_post_names_the_records_it_states() -> None:
    assert posted("2027-02-20", "en", Slot.MEMORIAL).records == ("ihar-lednik-death", "ihar-lednik")
    assert "eu-health-care-2024" in posted("2027-05-21", "en").records
