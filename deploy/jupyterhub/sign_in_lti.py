"""Sign-in from a course page (LTI 1.3: Moodle, Canvas): copy it, fill it in, name it in hub.toml.

    pip install jupyterhub-ltiauthenticator

In the course page register https://hub.example.org/hub/lti13/config. The names that come must be
the ids of the roster, in small letters. Not run here: there is no course page.
"""

import os

from jupyterhub.auth import LocalAuthenticator
from ltiauthenticator.lti13.auth import LTI13Authenticator


class SignIn(LocalAuthenticator, LTI13Authenticator):
    """The course page says who it is; an account of the machine is made for each name."""


c = get_config()
c.JupyterHub.authenticator_class = SignIn
c.LocalAuthenticator.create_system_users = True

c.LTI13Authenticator.issuer = "https://moodle.example.org"
c.LTI13Authenticator.authorize_url = "https://moodle.example.org/mod/lti/auth.php"
c.LTI13Authenticator.jwks_endpoint = "https://moodle.example.org/mod/lti/certs.php"
c.LTI13Authenticator.client_id = {os.environ["LTI_CLIENT_ID"]}
# The student's number there, which a student cannot change. Send it as a custom parameter of the
# tool: id=$Person.sourcedId in Moodle, id=$Canvas.user.sisSourceId in Canvas.
c.LTI13Authenticator.username_key = "custom_id"
