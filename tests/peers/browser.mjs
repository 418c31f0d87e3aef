// SPDX-License-Identifier: GPL-3.0-or-later
// Drives Chromium, without a window, through the login and consent pages of the OpenID provider. Each line
// of standard input is a job, {"url", "login", "password", "action", "keep"}: "action" may be "abort", and
// "keep" goes on with the cookies of the last job. For each one line of JSON comes back, {"url", "text",
// "steps"}: where the browser ended, what that page says, and the pages it went through.
// Ends when standard input closes. It speaks the DevTools protocol over a pipe, so no port is opened.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const profile = mkdtempSync(join(tmpdir(), 'latchkey-chromium.'));
const chromium = spawn('chromium', [
  '--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile}`, '--no-first-run',
  '--disable-gpu', '--disable-dev-shm-usage', '--disable-component-update', '--disable-sync', '--no-proxy-server',
  // Nothing but this computer: the provider's pages ask for a font of another host.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  // Chromium's sandbox refuses to start as root, which is who runs the tests in a container.
  ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });

let lastId = 0;
const waiting = new Map();
let received = '';
chromium.stdio[4].on('data', (bytes) => {
  received += bytes;
  const messages = received.split('\0');
  received = messages.pop();
  for (const text of messages) {
    const message = JSON.parse(text);
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  }
});

function call(method, params = {}, sessionId = undefined) {
  lastId += 1;
  chromium.stdio[3].write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
  return new Promise((resolve, reject) => {
    waiting.set(lastId, (message) => (message.error ? reject(new Error(message.error.message)) : resolve(message.result)));
  });
}

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/// What the page is, once it has loaded; null while the browser is between two pages.
async function look(session) {
  const expression = `document.readyState === 'complete' && location.href !== 'about:blank' && ({
    url: location.href, text: document.body.innerText,
    isLogin: !!document.querySelector('input[name=login]'),
    isConsent: !!document.querySelector('input[name=prompt][value=consent]'),
    isLogout: !!document.forms['op.logoutForm'] })`;
  try {
    const { result } = await call('Runtime.evaluate', { expression, returnByValue: true }, session);
    return result.value || null;
  } catch {
    return null;
  }
}

async function press(session, expression) {
  await call('Runtime.evaluate', { expression, userGesture: true }, session);
}

/// A click leads to another page, which may have the same address.
async function act(session, page, job) {
  await press(session, 'window.isOld = true');
  if (job.action === 'abort') {
    await press(session, "document.querySelector('a[href$=\"/abort\"]').click()");
  } else if (page.isLogin) {
    await press(session, `document.querySelector('input[name=login]').value = ${JSON.stringify(job.login)};
      document.querySelector('input[name=password]').value = ${JSON.stringify(job.password)};
      document.querySelector('button[type=submit]').click()`);
  } else {
    await press(session, "document.querySelector('button[type=submit]').click()");
  }
  for (let i = 0; i < 300; i += 1) {
    try {
      const { result } = await call('Runtime.evaluate', { expression: 'window.isOld === true' }, session);
      if (result.value === false) return;
    } catch { /* between two pages */ }
    await pause(20);
  }
}

let browserContextId;

async function run(job) {
  if (!job.keep) ({ browserContextId } = await call('Target.createBrowserContext'));
  const { targetId } = await call('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  await call('Page.enable', {}, sessionId);
  await call('Page.navigate', { url: job.url }, sessionId);
  const steps = [];
  let page = null;
  for (let i = 0; i < 500; i += 1) {
    page = await look(sessionId);
    if (page?.isLogin || page?.isConsent || page?.isLogout) {
      steps.push(page.isLogin ? 'login' : page.isConsent ? 'consent' : 'logout');
      await act(sessionId, page, job);
    } else if (page) {
      break;
    } else {
      await pause(20);
    }
  }
  await call('Target.closeTarget', { targetId });
  return { url: page?.url ?? '', text: page?.text ?? '', steps };
}

const lines = createInterface({ input: process.stdin });
for await (const line of lines) console.log(JSON.stringify(await run(JSON.parse(line))));
chromium.on('exit', () => {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
});
call('Browser.close');
