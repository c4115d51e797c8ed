"""python-telegram-bot as it comes, with its default HTTP client: so many requests in flight, nothing kept on disk."""

import asyncio
import json

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode

from benchmarks.senders.task import Task, Watch, asked


async def main(task: Task) -> None:
    """Send to everybody, each worker one after the other."""
    markup = InlineKeyboardMarkup.de_json(json.loads(task.markup), None) if task.markup else None
    async with Bot(task.token, base_url=f"{task.api}/bot") as bot:
        users = iter(task.users)

        async def work() -> None:
            for user in users:
                await bot.send_message(
                    user,
                    task.text,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    reply_markup=markup,
                    # Its default of a second for a free connection is too short for what it is asked here.
                    pool_timeout=60,
                    read_timeout=60,
                    connect_timeout=60,
                )

        watch = Watch()
        await asyncio.gather(*(work() for _ in range(int(str(task.options["in_flight"])))))
        watch.stop()


if __name__ == "__main__":
    asyncio.run(main(asked()))
