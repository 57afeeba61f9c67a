"""Where database migrations and lists of environment variables usually are: data for policy, as globs."""

MIGRATIONS = (
    "**/migrations/**",  # Django, Prisma, Laravel, Sequelize, Knex, Ecto, Alembic
    "**/Migrations/*.cs",  # Entity Framework
    "**/db/migrate/**",  # Rails
    "**/migrate/*.sql",
    "**/db/migration/**",  # Flyway
    "**/alembic/versions/*.py",
    "**/db/changelog/**",  # Liquibase
    "**/liquibase/**",
    "!**/__init__.py",
    "!**/migration_lock.toml",
    "!**/.gitkeep",
    "!**/*.md",
)
ENVIRONMENT = (
    "**/.env.example",
    "**/.env.*.example",
    "**/.env.sample",
    "**/.env.template",
    "**/.env.dist",
    "**/.env.defaults",
    "**/env.example",
    "**/example.env",
)
