"""Sign-in with your organization (OAuth 2): copy it, fill it in, name it in hub.toml.

    pip install oauthenticator

The names that come must be the ids of the roster, in small letters. `jupyterhub_config.py` has set
who is allowed: nobody else gets in, whatever the provider says. Not run here: there is no provider.
"""

import os

from jupyterhub.auth import LocalAuthenticator
from oauthenticator.generic import GenericOAuthenticator


class SignIn(LocalAuthenticator, GenericOAuthenticator):
    """Your organization says who it is; an account of the machine is made for each name."""


c = get_config()
c.JupyterHub.authenticator_class = SignIn
c.LocalAuthenticator.create_system_users = True

c.GenericOAuthenticator.client_id = os.environ["OAUTH_CLIENT_ID"]
c.GenericOAuthenticator.client_secret = os.environ["OAUTH_CLIENT_SECRET"]
c.GenericOAuthenticator.oauth_callback_url = "https://hub.example.org/hub/oauth_callback"
c.GenericOAuthenticator.authorize_url = "https://login.example.org/authorize"
c.GenericOAuthenticator.token_url = "https://login.example.org/token"
c.GenericOAuthenticator.userdata_url = "https://login.example.org/userinfo"
c.GenericOAuthenticator.scope = ["openid", "profile"]
# A claim that never changes and that its owner cannot choose. No e-mail address, and no nickname.
c.GenericOAuthenticator.username_claim = "preferred_username"
