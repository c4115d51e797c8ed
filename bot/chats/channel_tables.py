"""The tables of what belongs to a channel alone, on the metadata of `chats`."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, text

from bot.chats.tables import RowId, metadata

# The lines above and below each post, as the channel's administrators wrote them: everybody reads them there.
channels = Table(
    "channels",
    metadata,
    Column("chat", RowId, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("opening", Text, nullable=False, server_default=text("''")),
    Column("signature", Text, nullable=False, server_default=text("''")),
)

# Who set a channel up, by the number of her private chat, and whether she wants to see its posts before.
# No column `chat`: a backup without readers leaves these rows out.
stewards = Table(
    "stewards",
    metadata,
    Column("channel", RowId, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("person", RowId, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("previews", Boolean, nullable=False, server_default=text("false")),
    Index("ix_stewards_person", "person"),
)
