"""setMyCommands and the other texts a bot has, each by language."""

import re
from typing import Any

from tests.telegram.errors import bad_request
from tests.telegram.methods import Call, Method

MAX_COMMANDS = 100
MAX_NAME = 64
MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120
MAX_COMMAND_DESCRIPTION = 256
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}")
PLAIN_SCOPES = "default all_private_chats all_group_chats all_chat_administrators"
CHAT_SCOPES = "chat chat_administrators chat_member"


def read_language(call: Call) -> str:
    language = call.parameters.text("language_code")
    if language and not LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def read_scope(call: Call) -> str:
    """Return a scope's name, such as `default` or `chat:-1001`."""
    given = call.parameters.json("scope", "BotCommandScope")
    if given is None:
        return "default"
    if not isinstance(given, dict) or not isinstance(given.get("type"), str):
        raise bad_request('can\'t parse BotCommandScope: Field "type" must be of type String')
    kind = str(given["type"])
    if kind in PLAIN_SCOPES.split():
        return kind
    if kind not in CHAT_SCOPES.split():
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if call.state.find_chat(str(given.get("chat_id", ""))) is None:
        raise bad_request("chat not found")
    user = f":{given.get('user_id')}" if kind == "chat_member" else ""
    return f"{kind}:{given['chat_id']}{user}"


def set_my_commands(call: Call) -> bool:
    """Set the commands that clients show."""
    given = call.parameters.json("commands", "commands")
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [check_command(command) for command in given]
    key = (read_scope(call), read_language(call))
    if commands:
        call.state.profile.commands[key] = commands
    else:
        call.state.profile.commands.pop(key, None)
    return True


def check_command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = str(command.get("command", "")).removeprefix("/"), str(command.get("description", "")).strip()
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= MAX_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def get_my_commands(call: Call) -> list[dict[str, str]]:
    """Return the commands of exactly this scope and language."""
    return call.state.profile.commands.get((read_scope(call), read_language(call)), [])


def delete_my_commands(call: Call) -> bool:
    """Remove the commands of this scope and language."""
    call.state.profile.commands.pop((read_scope(call), read_language(call)), None)
    return True


def setter(field: str, parameter: str, most: int) -> Method:
    """Return the method that sets one text of the profile."""

    def set_text(call: Call) -> bool:
        text = call.parameters.text(parameter).strip()
        if len(text) > most:
            raise bad_request(f"{parameter.replace('_', ' ')} is too long")
        texts: dict[str, str] = getattr(call.state.profile, field)
        texts.pop(read_language(call), None)
        if text:
            texts[read_language(call)] = text
        return True

    return set_text


def getter(field: str, parameter: str) -> Method:
    """Return the method that reads one text of the profile; the default stands in for a language."""

    def get_text(call: Call) -> dict[str, str]:
        texts: dict[str, str] = getattr(call.state.profile, field)
        default = texts.get("", call.state.bot.first_name if parameter == "name" else "")
        return {parameter: texts.get(read_language(call), default)}

    return get_text


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": setter("names", "name", MAX_NAME),
    "getMyName": getter("names", "name"),
    "setMyDescription": setter("descriptions", "description", MAX_DESCRIPTION),
    "getMyDescription": getter("descriptions", "description"),
    "setMyShortDescription": setter("short_descriptions", "short_description", MAX_SHORT_DESCRIPTION),
    "getMyShortDescription": getter("short_descriptions", "short_description"),
}
