// A certified OpenID Connect provider on loopback: anybody signs in as the name they type, with any password.
// Asked for by environment: PROVIDER_PORT, PROVIDER_SECRET, PROVIDER_REDIRECTS (a JSON list).

import Provider from "oidc-provider";

const { PROVIDER_PORT, PROVIDER_SECRET, PROVIDER_REDIRECTS } = process.env;

const claims = (name) => ({
  sub: name,
  name: `${name} of the City`,
  email: `${name}@city.example`,
  // Who is called so has an address that nobody has confirmed.
  email_verified: !name.startsWith("unsure"),
});

const provider = new Provider(`http://localhost:${PROVIDER_PORT}`, {
  clients: [
    { client_id: "vuoksi", client_secret: PROVIDER_SECRET, redirect_uris: JSON.parse(PROVIDER_REDIRECTS) },
  ],
  clientAuthMethods: ["client_secret_basic", "client_secret_post"],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  cookies: { keys: ["only for tests"] },
  findAccount: (_context, name) => ({ accountId: name, claims: () => claims(name) }),
});

provider.listen(Number(PROVIDER_PORT), "127.0.0.1");
