// A client of Workato's people API in Java, with nothing but java.net.http: invite, accept, read.
// Run it as it is: java FirstHire.java. EMULATOR is the address of a served emulator, such as http://localhost:8086.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class FirstHire {
    static final String EMULATOR = System.getenv().getOrDefault("EMULATOR", "http://localhost:8086");
    // The emulator speaks HTTP/1.1; asked to upgrade, it answers as if it had not been.
    static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static final String ADA = """
        {"name": "Ada Example", "email": "ada@example.test",
         "env_roles": [{"environment_type": "dev", "name": "Member", "role_type": "environment"}]}""";

    static HttpResponse<String> ask(String method, String path, String body) throws Exception {
        var publisher = body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create(EMULATOR + path))
            .method(method, publisher)
            .header("Content-Type", "application/json");
        if (path.startsWith("/api")) {
            request.header("Authorization", "Bearer wrkaus-acme-okta");
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static void expect(boolean held, String what) {
        if (!held) {
            throw new AssertionError(what);
        }
    }

    public static void main(String[] arguments) throws Exception {
        ask("POST", "/_emulator/v1/reset", null);
        expect(ask("POST", "/api/member_invitations", ADA).statusCode() == 200, "the invitation is sent");
        expect(ask("POST", "/api/member_invitations", ADA).statusCode() == 429, "once in 20 minutes");
        ask("POST", "/_emulator/v1/clock/advance", "{\"seconds\": 1200}");
        expect(ask("POST", "/api/member_invitations", ADA).statusCode() == 200, "20 minutes later it is sent again");
        ask("POST", "/_emulator/v1/workspaces/acme/invitations/ada@example.test/accept", null);
        var members = ask("GET", "/api/members?email=ada%40example.test", null).body();
        expect(members.contains("ada@example.test"), "Ada is a collaborator");
        System.out.println("Ada is in");
    }
}
