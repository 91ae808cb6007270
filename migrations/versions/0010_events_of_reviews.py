"""events of reviews"""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

EVENT = "CASE WHEN key LIKE 'recorded:%' THEN 'closed' ELSE 'opened' END"
AUDITS = "('single-case-audit', 'thematic-audit', 'themed-review', 'deep-dive')"
WITH_SLIDES = "('serious-case-review', 'local-child-safeguarding-practice-review')"
DRAFTED = f"""CASE
    WHEN stage.key = 'criteria-screening' THEN 'screening-record'
    WHEN stage.key = 'national-panel' THEN 'panel-notification'
    WHEN stage.key IN ('agency-report', 'agency-chronology') THEN 'agency-report-request'
    WHEN stage.key = 'report' AND stage.type IN {AUDITS} THEN 'audit-report'
    WHEN stage.key = 'report' AND stage.type <> 'best-practice-review' THEN 'report-skeleton'
    WHEN stage.key = 'board-approval' AND stage.type IN {WITH_SLIDES} THEN 'learning-slides'
    WHEN stage.key IN ('terms-of-reference', 'learning-summary', 'action-plan') THEN stage.key END"""
KEPT = ('screening-record', 'terms-of-reference', 'report-skeleton', 'audit-report', 'learning-summary', 'action-plan')


def upgrade() -> None:
    # once, slides were drafted with the learning summary; they are drafted when the board is to approve
    op.execute("DELETE FROM work WHERE kind = 'learning-slides' AND EXISTS (SELECT 1 FROM work AS other WHERE other.stage_id = work.stage_id AND other.kind = 'learning-summary')")
    op.execute('DELETE FROM work WHERE stage_id IS NULL')
    op.execute(f"UPDATE work SET kind = {EVENT}, key = {EVENT} || ':' || CAST(stage_id AS VARCHAR(20))")


def downgrade() -> None:
    op.execute("DELETE FROM work WHERE kind NOT IN ('opened', 'closed')")  # an older version knows none of them
    for event, prefix, kinds in (('opened', '', None), ('closed', 'recorded:', KEPT)):
        document = f'(SELECT {DRAFTED} FROM stage WHERE stage.id = work.stage_id)'
        unknown = f'{document} IS NULL' if kinds is None else f'COALESCE({document}, \'\') NOT IN {kinds}'
        op.execute(f"DELETE FROM work WHERE kind = '{event}' AND {unknown}")
        op.execute(f"UPDATE work SET kind = {document}, key = '{prefix}' || {document} || ':' || CAST(stage_id AS VARCHAR(20)) WHERE kind = '{event}'")
