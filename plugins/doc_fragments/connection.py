# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and contents may change in any release.
"""Documentation of the options that say how to reach the API, as whom, and which account is meant."""

from __future__ import annotations


class ModuleDocFragment:
    """What all modules have in common, and plugins; the argument spec of the same is ``connection`` in module_utils/_module/argspec.py."""

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - Address of the API, without the version. A trailing V(/v2) is ignored.
      - The default is production; the beta environment is V(https://api.b2.alianza.com).
      - An address with C(http://) is accepted for the loopback interface only, because it would carry the password in clear.
      - If it is not set, the value of the environment variable E(ALIANZA_API_URL) is used.
    type: str
    default: https://api.alianza.com
  username:
    description:
      - User to log in as, usually an email address. It goes with O(password).
      - If it is not set, the value of the environment variable E(ALIANZA_USERNAME) is used.
    type: str
  password:
    description:
      - Password of O(username).
      - If it is not set, the value of the environment variable E(ALIANZA_PASSWORD) is used.
    type: str
  auth_token:
    description:
      - Token of an earlier login, such as M(alianza.sip_trunking.alianza_login) returns, to be used instead of logging in.
      - The platform accepts a token for 8 hours after its last use. When it refuses the token, the module logs in anew if
        O(username) and O(password) are there too, and fails if they are not.
      - If it is not set, the value of the environment variable E(ALIANZA_AUTH_TOKEN) is used.
    type: str
  partition_id:
    description:
      - ID of the partition, which is the part of the platform that belongs to one service provider.
      - If neither this option nor the environment variable E(ALIANZA_PARTITION_ID) is set, it is the partition of the login. With
        O(auth_token) that takes one more API call.
    type: str
  account_id:
    description:
      - ID of the account, which is one business customer.
      - A module that works on an account needs O(account_id) or O(account_number), and refuses to be given both.
      - If neither of them is set, the environment variable E(ALIANZA_ACCOUNT_ID) is used, or else E(ALIANZA_ACCOUNT_NUMBER). An option
        of either kind beats both variables.
    type: str
  account_number:
    description:
      - Number of the account, in place of O(account_id). Looking it up takes one more API call.
      - If neither O(account_id) nor O(account_number) is set, and E(ALIANZA_ACCOUNT_ID) is not set either, the value of the environment
        variable E(ALIANZA_ACCOUNT_NUMBER) is used.
    type: str
  validate_certs:
    description:
      - Whether the certificate of the API is checked. V(false) lets anyone on the network path read the password.
      - If it is not set, the value of the environment variable E(ALIANZA_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - File or folder with the CA certificates that the certificate of the API is checked against, for example of a proxy that
        inspects TLS.
      - If it is not set, the value of the environment variable E(ALIANZA_CA_PATH) is used, then E(REQUESTS_CA_BUNDLE), then
        E(CURL_CA_BUNDLE). Without any of them the CA certificates that the Python library C(requests) uses count.
    type: path
  timeout:
    description:
      - Seconds to wait for the answer to one request, from V(1) to V(3600).
      - If it is not set, the value of the environment variable E(ALIANZA_TIMEOUT) is used.
    type: float
    default: 30.0
  retries:
    description:
      - How often a request is repeated that met a connection error, a timeout, HTTP 429 or a server error; from V(0), which is never, to
        V(20).
      - The pauses in between grow and are random, unless the API says how long to wait. Together they take at most three minutes a request.
      - The request that creates a trunk is repeated after HTTP 429 only. When its answer was lost, the list of trunks tells whether
        the trunk was created, so that there are never two.
      - If it is not set, the value of the environment variable E(ALIANZA_RETRIES) is used.
    type: int
    default: 4
  transcript_path:
    description:
      - File to which every request and its answer are appended, in the HAR format, which browsers can show. In check mode too.
      - Passwords and tokens are redacted. Names, addresses and telephone numbers of the customer are not.
      - The file is created with mode V(0600), on the machine where the module runs. Tasks and hosts that run at the same time may share it.
        Of a long body only the first 64 KiB are kept.
      - If it is not set, the value of the environment variable E(ALIANZA_TRANSCRIPT_PATH) is used. Without either there is no transcript.
    type: path
requirements:
  - Python >= 3.8
  - requests >= 2.25
notes:
  - The module talks to the API from the machine where it runs, usually the control node. Make each account an inventory host with
    C(ansible_connection=local) and keep its O(account_id), or its O(account_number), and what it shall hold in its host variables.
  - Every task logs in at its start and out at its end. To log in once for many tasks, use M(alianza.sip_trunking.alianza_login) and hand
    its token to all modules with C(module_defaults) for C(group/alianza.sip_trunking.alianza).
  - Turn on C(pipelining) in the section C([connection]) of C(ansible.cfg). Without it Ansible writes the options of a module, passwords
    included, to a temporary file while the module runs.
  - An environment variable that is empty counts as not set.
  - Proxies are taken from E(HTTPS_PROXY), E(HTTP_PROXY) and E(NO_PROXY). A C(.netrc) file is never read, and redirects are not followed.
"""

    # For plugins, which run on the control node and have no account of their own.
    PLUGIN = r"""
options:
  api_url:
    description:
      - Address of the API, without the version. A trailing V(/v2) is ignored.
      - The default is production; the beta environment is V(https://api.b2.alianza.com).
      - An address with C(http://) is accepted for the loopback interface only, because it would carry the password in clear.
    type: str
    default: https://api.alianza.com
    env:
      - name: ALIANZA_API_URL
  username:
    description:
      - User to log in as, usually an email address. It goes with O(password).
    type: str
    env:
      - name: ALIANZA_USERNAME
  password:
    description:
      - Password of O(username).
    type: str
    env:
      - name: ALIANZA_PASSWORD
  auth_token:
    description:
      - Token of an earlier login, such as M(alianza.sip_trunking.alianza_login) returns, to be used instead of logging in.
      - The platform accepts a token for 8 hours after its last use. When it refuses the token, the plugin logs in anew if
        O(username) and O(password) are there too, and fails if they are not.
    type: str
    env:
      - name: ALIANZA_AUTH_TOKEN
  partition_id:
    description:
      - ID of the partition, which is the part of the platform that belongs to one service provider.
      - The default is the partition of the login. With O(auth_token) that takes one more API call.
    type: str
    env:
      - name: ALIANZA_PARTITION_ID
  validate_certs:
    description:
      - Whether the certificate of the API is checked. V(false) lets anyone on the network path read the password.
    type: bool
    default: true
    env:
      - name: ALIANZA_VALIDATE_CERTS
  ca_path:
    description:
      - File or folder with the CA certificates that the certificate of the API is checked against, for example of a proxy that
        inspects TLS.
      - Without it E(REQUESTS_CA_BUNDLE) is used, then E(CURL_CA_BUNDLE). Without any of them the CA certificates that the Python
        library C(requests) uses count.
    type: path
    env:
      - name: ALIANZA_CA_PATH
  timeout:
    description:
      - Seconds to wait for the answer to one request, from V(1) to V(3600).
    type: float
    default: 30.0
    env:
      - name: ALIANZA_TIMEOUT
  retries:
    description:
      - How often a request is repeated that met a connection error, a timeout, HTTP 429 or a server error; from V(0), which is never, to
        V(20).
      - The pauses in between grow and are random, unless the API says how long to wait. Together they take at most three minutes a request.
    type: int
    default: 4
    env:
      - name: ALIANZA_RETRIES
  transcript_path:
    description:
      - File to which every request and its answer are appended, in the HAR format, which browsers can show.
      - Passwords and tokens are redacted. Names, addresses and telephone numbers of the customer are not.
      - The file is created with mode V(0600). Of a long body only the first 64 KiB are kept.
    type: path
    env:
      - name: ALIANZA_TRANSCRIPT_PATH
requirements:
  - Python >= 3.8
  - requests >= 2.25
notes:
  - The plugin runs on the control node, and so does its Python library C(requests).
  - Options win over environment variables. An environment variable that is empty counts as not set.
  - Proxies are taken from E(HTTPS_PROXY), E(HTTP_PROXY) and E(NO_PROXY). A C(.netrc) file is never read, and redirects are not followed.
"""
