// SPDX-License-Identifier: GPL-3.0-or-later
// A certified OpenID provider on a loopback port. Prints one JSON line with its issuer, clients and
// user, then serves until standard input closes. Every secret is made anew at each start.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import Provider, { errors } from 'oidc-provider';

const secret = () => randomBytes(24).toString('hex');
const apiResource = 'https://api.example.com/invoices';
const opaqueResource = 'https://api.example.com/opaque';
const apiScopes = 'read:invoices write:invoices';
const user = { username: 'jdoe.test', password: `p+ä %41&=${secret()}` };

function client(id, method, grants, clientSecret) {
  return {
    client_id: id,
    ...(method === 'none' ? {} : { client_secret: clientSecret ?? secret() }),
    token_endpoint_auth_method: method,
    grant_types: grants,
    response_types: [],
    redirect_uris: [],
    scope: `openid profile ${apiScopes}`,
  };
}

const both = ['client_credentials', 'password'];
const code = ['authorization_code', 'refresh_token'];
const clients = {
  basic: client('billing-service', 'client_secret_basic', both),
  post: client('hr-import', 'client_secret_post', both),
  none: client('mobile-app', 'none', ['password']),
  odd: client('odd client:1', 'client_secret_basic', both, `a+b %41&=:/?${secret()}`),
  passwordOnly: client('portal-web', 'client_secret_basic', ['password']),
  // A native app: any port of 127.0.0.1, RFC 8252 section 7.3
  native: {
    ...client('desktop-app', 'none', code), application_type: 'native', response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/callback'],
  },
  web: {
    ...client('intranet-web', 'client_secret_basic', code), response_types: ['code'],
    redirect_uris: ['http://127.0.0.1:8765/callback'], userinfo_signed_response_alg: 'RS256',
  },
};

function resourceServer(ctx, resource) {
  if (resource !== apiResource && resource !== opaqueResource) throw new errors.InvalidTarget();
  return {
    scope: apiScopes,
    audience: resource,
    accessTokenTTL: 600,
    accessTokenFormat: resource === apiResource ? 'jwt' : 'opaque',
    jwt: { sign: { alg: 'RS256' } },
  };
}

async function passwordGrant(ctx) {
  const { username, password, scope, resource } = ctx.oidc.params;
  if (username !== user.username || password !== user.password) {
    throw new errors.CustomOIDCProviderError('invalid_request', 'Authentication Failed: Invalid user credentials');
  }
  const token = new ctx.oidc.provider.AccessToken({
    accountId: username, client: ctx.oidc.client, grantId: 'password', gty: 'password', scope,
  });
  if (resource) {
    token.resourceServer = new ctx.oidc.provider.ResourceServer(resource, resourceServer(ctx, resource));
    token.aud = resource;
  }
  ctx.body = { access_token: await token.save(), expires_in: token.expiration, token_type: token.tokenType, scope };
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: Object.values(clients),
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [secret()] },
    scopes: ['openid', 'profile', 'admin:all', ...apiScopes.split(' ')],
    claims: { openid: ['sub'], profile: ['name'] },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, name: `Name of ${id}` }) }),
    issueRefreshToken: (ctx, each) => each.grantTypeAllowed('refresh_token'),
    features: {
      devInteractions: { enabled: true }, // its own login and consent pages, which take any password
      introspection: { enabled: true },
      jwtUserinfo: { enabled: true },
      revocation: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: { enabled: true, getResourceServerInfo: resourceServer },
    },
    ttl: { AccessToken: 3600, ClientCredentials: 600 },
  });
  provider.registerGrantType('password', passwordGrant, ['username', 'password', 'scope', 'resource']);
  server.on('request', provider.callback());
  console.log(JSON.stringify({ issuer, clients, user, apiResource, opaqueResource }));
});
process.stdin.resume().on('end', () => process.exit(0));
