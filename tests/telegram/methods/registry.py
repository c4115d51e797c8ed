"""Every method the server knows, by its name."""

from tests.telegram.methods import Method
from tests.telegram.methods.polling import get_me
from tests.telegram.methods.sending import send_chat_action, send_message, send_photo

METHODS: dict[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendChatAction": send_chat_action,
}
NAMES = {name.lower(): name for name in (*METHODS, "getUpdates")}
