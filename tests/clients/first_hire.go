// A client of Workato's people API in Go, with nothing but net/http: invite, accept, read.
// Run it as it is: go run first_hire.go. EMULATOR is the address of a served emulator, such as http://localhost:8086.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

const ada = `{"name": "Ada Example", "email": "ada@example.test",
	"env_roles": [{"environment_type": "dev", "name": "Member", "role_type": "environment"}]}`

func ask(method, path, body string) (int, string) {
	emulator := os.Getenv("EMULATOR")
	if emulator == "" {
		emulator = "http://localhost:8086"
	}
	request, err := http.NewRequest(method, emulator+path, strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if strings.HasPrefix(path, "/api") {
		request.Header.Set("Authorization", "Bearer wrkaus-acme-okta")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	return response.StatusCode, string(text)
}

func expect(held bool, what string) {
	if !held {
		panic(what)
	}
}

func invite() int {
	status, _ := ask("POST", "/api/member_invitations", ada)
	return status
}

func main() {
	ask("POST", "/_emulator/v1/reset", "")
	expect(invite() == 200, "the invitation is sent")
	expect(invite() == 429, "once in 20 minutes")
	ask("POST", "/_emulator/v1/clock/advance", `{"seconds": 1200}`)
	expect(invite() == 200, "20 minutes later it is sent again")
	ask("POST", "/_emulator/v1/workspaces/acme/invitations/ada@example.test/accept", "")
	_, members := ask("GET", "/api/members?email=ada%40example.test", "")
	expect(strings.Contains(members, "ada@example.test"), "Ada is a collaborator")
	fmt.Println("Ada is in")
}
