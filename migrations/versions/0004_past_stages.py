"""past stages"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_stage_closed_of_board', 'stage', ['board', 'key', 'type', 'closed_on'], unique=False, sqlite_where=sa.text("state = 'closed'"), postgresql_where=sa.text("state = 'closed'"))


def downgrade() -> None:
    op.drop_index('ix_stage_closed_of_board', table_name='stage', sqlite_where=sa.text("state = 'closed'"), postgresql_where=sa.text("state = 'closed'"))
