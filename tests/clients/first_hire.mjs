// A client of Workato's people API in Node, with nothing but `fetch`: invite, accept, read.
// EMULATOR is the address of a served emulator, such as http://localhost:8086.
import assert from "node:assert/strict";

const emulator = process.env.EMULATOR ?? "http://localhost:8086";

const workato = async (method, path, body) => {
  const response = await fetch(`${emulator}/api${path}`, {
    method,
    headers: { Authorization: "Bearer wrkaus-acme-okta", "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};
// What no client may do at Workato, and a test has to: play the invitee, move time.
const control = (method, path, body) =>
  fetch(`${emulator}/_emulator/v1${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });

const ada = {
  name: "Ada Example",
  email: "ada@example.test",
  env_roles: [{ environment_type: "dev", name: "Member", role_type: "environment" }],
};

await control("POST", "/reset");
assert.equal((await workato("POST", "/member_invitations", ada)).status, 200);
assert.equal((await workato("POST", "/member_invitations", ada)).status, 429, "once in 20 minutes");
await control("POST", "/clock/advance", { seconds: 1200 });
assert.equal((await workato("POST", "/member_invitations", ada)).status, 200);
await control("POST", "/workspaces/acme/invitations/ada@example.test/accept");
const { body } = await workato("GET", "/members?email=ada%40example.test");
assert.equal(body.data[0].email, "ada@example.test");
console.log("Ada is in");
