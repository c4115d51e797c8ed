"""sendMessage, sendPhoto, sendChatAction."""

from typing import Any

from tests.telegram.access import check_sending, find_chat, find_message, find_topic
from tests.telegram.chats import Chat
from tests.telegram.errors import bad_request
from tests.telegram.markup import read_markup
from tests.telegram.messages import Message
from tests.telegram.methods import Call
from tests.telegram.parameters import Parameters
from tests.telegram.photos import Photo, read_photo
from tests.telegram.state import State
from tests.telegram.text import read_caption, read_text

CHAT_ACTIONS = (
    "typing upload_photo record_video upload_video record_audio upload_audio record_voice upload_voice "
    "upload_document choose_sticker pick_up_location find_location record_video_note upload_video_note"
)


def send_message(call: Call) -> dict[str, Any]:
    """Send a text."""
    text, entities = read_text(call.parameters)
    preview = call.parameters.json("link_preview_options")
    if preview is not None and not isinstance(preview, dict):
        raise bad_request("object expected as link preview options")
    return post(call, "text messages", text=text, entities=entities).to_json()


def send_photo(call: Call) -> dict[str, Any]:
    """Send a photo: an upload, or the file id of an earlier one."""
    content = call.parameters.file("photo")
    if content is None and "photo" not in call.parameters:
        raise bad_request("there is no photo in the request")
    text, entities = read_caption(call.parameters)
    photo = kept_photo(call.state, call.parameters.text("photo")) if content is None else read_photo(content)
    message = post(call, "photos", text=text, entities=entities, photo=photo)
    if content is not None:
        call.state.uploads += 1
        call.state.photos.update({str(size["file_id"]): photo for size in photo.sizes})
    return message.to_json()


def send_chat_action(call: Call) -> bool:
    """Show "typing…"."""
    action = call.parameters.text("action").lower()
    if action not in CHAT_ACTIONS.split():
        raise bad_request("wrong parameter action in request")
    chat = find_chat(call.state, call.parameters.text("chat_id"), "write")
    call.state.actions.append((chat.id, action))
    return True


def kept_photo(state: State, name: str) -> Photo:
    """Return the photo of a file id."""
    if name.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    if name.startswith("attach://") or name not in state.photos:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    return state.photos[name]


def post(call: Call, what: str, **content: Any) -> Message:
    """Check that the bot may send there, count it, and put the message into its chat."""
    state, parameters = call.state, call.parameters
    markup = read_markup(parameters)
    chat = find_chat(state, parameters.text("chat_id"), "write")
    reply_to = replied(state, parameters, chat)
    topic = find_topic(state, chat, parameters)
    check_sending(state, chat, what)
    state.limits.take(chat, state.clock.elapsed(), paid=parameters.flag("allow_paid_broadcast"))
    message = Message(
        state.next_message_id(chat),
        chat,
        state.clock.today(),
        sender=None if chat.kind == "channel" else state.bot,
        sender_chat=chat if chat.kind == "channel" else None,
        reply_markup=markup,
        thread_id=None if topic is None else topic.id,
        reply_to=reply_to,
        protected=parameters.flag("protect_content"),
        silent=parameters.flag("disable_notification"),
        by_bot=True,
        request=call.request.number,
        source=parameters.text("text") or parameters.text("caption"),
        **content,
    )
    call.request.message = message
    return state.keep(message)


def replied(state: State, parameters: Parameters, chat: Chat) -> Message | None:
    """Return the message that this one answers."""
    given = parameters.json("reply_parameters")
    if given is None:
        message_id = parameters.integer("reply_to_message_id")
        optional = parameters.flag("allow_sending_without_reply")
        elsewhere = None
    elif not isinstance(given, dict) or not isinstance(given.get("message_id"), int):
        raise bad_request("object expected as reply parameters")
    else:
        message_id, optional = given["message_id"], bool(given.get("allow_sending_without_reply"))
        elsewhere = given.get("chat_id")
    if message_id <= 0:
        return None
    if elsewhere is not None and str(elsewhere) != str(chat.id):
        return find_message(state, str(elsewhere), message_id, "read", "message to be replied")
    message = chat.messages.get(message_id)
    if message is None and not optional:
        raise bad_request("message to be replied not found")
    return message
