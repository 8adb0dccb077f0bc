# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Private to this collection: names and contents may change in any release.
"""Documentation of the options for the API, the login and the account."""

from __future__ import annotations


class ModuleDocFragment:
    """Options of all modules, and of plugins; their argument spec is ``connection`` in module_utils/_module/argspec.py."""

    DOCUMENTATION = r"""
options:
  api_url:
    description:
      - URL of the API, without the version. A trailing V(/v2) is ignored.
      - The default is production; the beta environment is V(https://api.b2.alianza.com).
      - C(http://) is accepted for the loopback interface only, because the password would be sent in clear text.
      - If it is not set, the value of the environment variable E(ALIANZA_API_URL) is used.
    type: str
    default: https://api.alianza.com
  username:
    description:
      - User to log in as, usually an email address. O(password) is required too.
      - If it is not set, the value of the environment variable E(ALIANZA_USERNAME) is used.
    type: str
  password:
    description:
      - Password of O(username).
      - If it is not set, the value of the environment variable E(ALIANZA_PASSWORD) is used.
    type: str
  auth_token:
    description:
      - Token of an earlier login, as returned by M(alianza.sip_trunking.alianza_login), to use instead of logging in.
      - The platform accepts a token for 8 hours after its last use. If it refuses the token, the module logs in again if
        O(username) and O(password) are set too, and fails if they are not.
      - If it is not set, the value of the environment variable E(ALIANZA_AUTH_TOKEN) is used.
    type: str
  partition_id:
    description:
      - ID of the partition, which is the part of the platform that belongs to one service provider.
      - If neither this option nor the environment variable E(ALIANZA_PARTITION_ID) is set, the partition of the login is used. With
        O(auth_token), that takes one more API call.
    type: str
  account_id:
    description:
      - ID of the account, which is one business customer.
      - A module that works on an account requires O(account_id) or O(account_number), but not both.
      - If neither of them is set, the environment variable E(ALIANZA_ACCOUNT_ID) is used, or else E(ALIANZA_ACCOUNT_NUMBER). Either option
        takes precedence over both variables.
    type: str
  account_number:
    description:
      - Number of the account, instead of O(account_id). Looking it up takes one more API call.
      - Quote the number, since YAML drops leading zeros. A value that is not text is refused.
      - If neither O(account_id) nor O(account_number) is set, and E(ALIANZA_ACCOUNT_ID) is not set either, the value of the environment
        variable E(ALIANZA_ACCOUNT_NUMBER) is used.
    type: str
  validate_certs:
    description:
      - Whether the TLS certificate of the API is validated. With V(false), anyone on the network path can read the password.
      - If it is not set, the value of the environment variable E(ALIANZA_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - File or directory with CA certificates for validating the certificate of the API, for example the CA of a proxy that inspects
        TLS.
      - If it is not set, the value of the environment variable E(ALIANZA_CA_PATH) is used, then E(REQUESTS_CA_BUNDLE), then
        E(CURL_CA_BUNDLE). If none of them is set, the default CA certificates of the Python library C(requests) are used.
    type: path
  timeout:
    description:
      - Seconds to wait for the response to one request, from V(1) to V(3600).
      - If it is not set, the value of the environment variable E(ALIANZA_TIMEOUT) is used.
    type: float
    default: 30.0
  retries:
    description:
      - How often a request is repeated after a connection error, a timeout, HTTP 429 or a server error, from V(0) (never) to V(20).
      - The delays between attempts increase and are random, unless the API specifies a delay. In total they are at most three minutes per
        request.
      - The request that creates a trunk is repeated only after HTTP 429. If its response was lost, the module checks in the list of trunks
        whether the trunk was created, so that it is never created twice.
      - If it is not set, the value of the environment variable E(ALIANZA_RETRIES) is used.
    type: int
    default: 4
  transcript_path:
    description:
      - File to which every request and its response are appended, also in check mode, in the HAR format, which browsers can open.
      - Passwords and tokens are redacted. The customer's names, addresses and telephone numbers are not.
      - The file is created with mode V(0600), on the machine where the module runs. Tasks and hosts that run at the same time may share it.
        Only the first 64 KiB of a body are kept.
      - If it is not set, the value of the environment variable E(ALIANZA_TRANSCRIPT_PATH) is used. If neither is set, there is no transcript.
    type: path
requirements:
  - Python >= 3.8
  - requests >= 2.25
notes:
  - The module connects to the API from the machine where it runs, usually the control node. Make each account an inventory host with
    C(ansible_connection=local), and keep its O(account_id) or O(account_number) and its desired state in the host variables.
  - Each task logs in when it starts and logs out when it ends. To log in once for many tasks, use M(alianza.sip_trunking.alianza_login) and
    pass its token to all modules with C(module_defaults) for C(group/alianza.sip_trunking.alianza).
  - Enable C(pipelining) in the section C([connection]) of C(ansible.cfg). Otherwise Ansible writes the options of a module, including
    passwords, to a temporary file while the module runs.
  - An empty environment variable is treated as not set.
  - Proxies are taken from E(HTTPS_PROXY), E(HTTP_PROXY) and E(NO_PROXY). A C(.netrc) file is never read, and redirects are not followed.
"""

    # For plugins, which run on the control node and have no account of their own.
    PLUGIN = r"""
options:
  api_url:
    description:
      - URL of the API, without the version. A trailing V(/v2) is ignored.
      - The default is production; the beta environment is V(https://api.b2.alianza.com).
      - C(http://) is accepted for the loopback interface only, because the password would be sent in clear text.
    type: str
    default: https://api.alianza.com
    env:
      - name: ALIANZA_API_URL
  username:
    description:
      - User to log in as, usually an email address. O(password) is required too.
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
      - Token of an earlier login, as returned by M(alianza.sip_trunking.alianza_login), to use instead of logging in.
      - The platform accepts a token for 8 hours after its last use. If it refuses the token, the plugin logs in again if
        O(username) and O(password) are set too, and fails if they are not.
    type: str
    env:
      - name: ALIANZA_AUTH_TOKEN
  partition_id:
    description:
      - ID of the partition, which is the part of the platform that belongs to one service provider.
      - The default is the partition of the login. With O(auth_token), that takes one more API call.
    type: str
    env:
      - name: ALIANZA_PARTITION_ID
  validate_certs:
    description:
      - Whether the TLS certificate of the API is validated. With V(false), anyone on the network path can read the password.
    type: bool
    default: true
    env:
      - name: ALIANZA_VALIDATE_CERTS
  ca_path:
    description:
      - File or directory with CA certificates for validating the certificate of the API, for example the CA of a proxy that inspects
        TLS.
      - If it is not set, E(REQUESTS_CA_BUNDLE) is used, then E(CURL_CA_BUNDLE). If none of them is set, the default CA certificates of the
        Python library C(requests) are used.
    type: path
    env:
      - name: ALIANZA_CA_PATH
  timeout:
    description:
      - Seconds to wait for the response to one request, from V(1) to V(3600).
    type: float
    default: 30.0
    env:
      - name: ALIANZA_TIMEOUT
  retries:
    description:
      - How often a request is repeated after a connection error, a timeout, HTTP 429 or a server error, from V(0) (never) to V(20).
      - The delays between attempts increase and are random, unless the API specifies a delay. In total they are at most three minutes per
        request.
    type: int
    default: 4
    env:
      - name: ALIANZA_RETRIES
  transcript_path:
    description:
      - File to which every request and its response are appended, in the HAR format, which browsers can open.
      - Passwords and tokens are redacted. The customer's names, addresses and telephone numbers are not.
      - The file is created with mode V(0600). Only the first 64 KiB of a body are kept.
    type: path
    env:
      - name: ALIANZA_TRANSCRIPT_PATH
requirements:
  - Python >= 3.8
  - requests >= 2.25
notes:
  - The plugin runs on the control node, which needs the Python library C(requests).
  - Options take precedence over environment variables. An empty environment variable is treated as not set.
  - Proxies are taken from E(HTTPS_PROXY), E(HTTP_PROXY) and E(NO_PROXY). A C(.netrc) file is never read, and redirects are not followed.
"""
