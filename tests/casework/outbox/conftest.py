"""The same fixtures as for the delivery of e-mails."""

from tests.casework.delivery.conftest import case as case
from tests.casework.delivery.conftest import one_store as one_store
from tests.casework.delivery.conftest import session as session
from tests.casework.delivery.conftest import settings as settings
from tests.casework.delivery.conftest import store as store
