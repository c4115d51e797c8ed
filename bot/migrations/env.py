"""What Alembic runs: the migrations, in the transaction that `bot.database.migrate` has opened."""

from alembic import context

connection = context.config.attributes["connection"]
# SQLite can roll back its DDL too; Alembic assumes that it cannot.
context.configure(connection=connection, transactional_ddl=True)
context.run_migrations()
