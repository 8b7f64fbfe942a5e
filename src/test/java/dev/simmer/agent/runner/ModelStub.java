package dev.simmer.agent.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonReader;
import dev.simmer.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on loopback that answers as a model would, in the four forms that coding-agent programs
 * speak: Anthropic's messages, OpenAI's responses and chat completions, Gemini's. Where the prompt
 * holds {@link #USE_TOOL} it asks once for one shell command, else it says {@link #ANSWER}.
 */
public final class ModelStub implements AutoCloseable {
    public static final String USE_TOOL = "USE_THE_SHELL";
    public static final String ANSWER = "All is done as you asked.";
    private static final String COMMAND = "echo from-the-shell";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<String>> offered = new CopyOnWriteArrayList<>();

    public ModelStub(int port) throws IOException {
        server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** To be run by hand: the port to listen on. */
    public static void main(String[] arguments) throws IOException {
        ModelStub stub = new ModelStub(Integer.parseInt(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(stub::close));
        System.out.println(stub.address());
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The names of the tools that came with each request that had some. */
    public List<List<String>> offered() {
        return offered;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    /** One request: what is wanted of the model. */
    private record Asked(String path, String body, List<String> tools) {
        boolean wants(String tool, String resultMark) {
            return body.contains(USE_TOOL) && !body.contains(resultMark) && tools.contains(tool);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String path = exchange.getRequestURI().getPath();
            Asked asked = new Asked(path, body, tools(body));
            if (!asked.tools().isEmpty()) {
                offered.add(asked.tools());
            }
            boolean stream = !path.endsWith(":generateContent") && !path.endsWith("count_tokens");
            byte[] bytes = text(asked).getBytes(UTF_8);
            exchange.getResponseHeaders()
                    .add("Content-Type", stream ? "text/event-stream" : "application/json");
            exchange.sendResponseHeaders(bytes.length == 0 ? 404 : 200, Math.max(bytes.length, -1));
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    private static String text(Asked asked) {
        String path = asked.path();
        if (path.endsWith("/count_tokens")) {
            return "{\"input_tokens\":42}";
        } else if (path.endsWith("/messages")) {
            return anthropic(asked);
        } else if (path.endsWith("/responses")) {
            return responses(asked);
        } else if (path.endsWith("/chat/completions")) {
            return chat(asked);
        } else if (path.endsWith(":streamGenerateContent")) {
            return "data: " + gemini(asked) + "\n\n";
        } else if (path.endsWith(":generateContent")) {
            return gemini(asked);
        }
        return "";
    }

    private static String events(String... events) {
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            int from = event.indexOf("\"type\":\"") + 8;
            text.append("event: ").append(event, from, event.indexOf('"', from)).append('\n');
            text.append("data: ").append(event).append("\n\n");
        }
        return text.toString();
    }

    private static String anthropic(Asked asked) {
        boolean tool = asked.wants("Bash", "\"tool_result\"");
        String block =
                tool
                        ? "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"Bash\",\"input\":{}}"
                        : "{\"type\":\"text\",\"text\":\"\"}";
        String arguments = "{\\\"command\\\":\\\"" + COMMAND + "\\\"}";
        String delta =
                tool
                        ? "{\"type\":\"input_json_delta\",\"partial_json\":\"" + arguments + "\"}"
                        : "{\"type\":\"text_delta\",\"text\":\"" + ANSWER + "\"}";
        return events(
                "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_"
                        + (tool ? 1 : 2)
                        + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"stub\",\"content\":[],"
                        + "\"stop_reason\":null,\"usage\":{\"input_tokens\":120,"
                        + "\"cache_creation_input_tokens\":30,\"cache_read_input_tokens\":50,"
                        + "\"output_tokens\":1}}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":" + block + "}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":" + delta + "}",
                "{\"type\":\"content_block_stop\",\"index\":0}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""
                        + (tool ? "tool_use" : "end_turn")
                        + "\"},\"usage\":{\"output_tokens\":17}}",
                "{\"type\":\"message_stop\"}");
    }

    private static String responses(Asked asked) {
        boolean tool = asked.wants("exec_command", "function_call_output");
        String item =
                tool
                        ? "{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"call_1\",\"name\":"
                              + "\"exec_command\",\"arguments\":\"{\\\"cmd\\\":\\\""
                                + COMMAND
                                + "\\\"}\",\"status\":\"completed\"}"
                        : "{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"status\":"
                              + "\"completed\",\"content\":[{\"type\":\"output_text\",\"text\":\""
                                + ANSWER
                                + "\",\"annotations\":[]}]}";
        return events(
                "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"output\":[]}}",
                "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" + item + "}",
                "{\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\",\"status\":"
                        + "\"completed\",\"output\":["
                        + item
                        + "],\"usage\":{\"input_tokens\":120,\"input_tokens_details\":"
                        + "{\"cached_tokens\":50},\"output_tokens\":17,\"output_tokens_details\":"
                        + "{\"reasoning_tokens\":5},\"total_tokens\":137}}}");
    }

    private static String chat(Asked asked) {
        boolean tool = asked.wants("bash", "\"role\":\"tool\"");
        String delta =
                tool
                        ? "{\"role\":\"assistant\",\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":"
                              + "\"function\",\"function\":{\"name\":\"bash\",\"arguments\":"
                              + "\"{\\\"command\\\":\\\""
                                + COMMAND
                                + "\\\",\\\"description\\\":\\\"say it\\\"}\"}}]}"
                        : "{\"role\":\"assistant\",\"content\":\"" + ANSWER + "\"}";
        String head =
                "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"stub\",\"choices\":[";
        return "data: "
                + head
                + "{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":null}]}\n\n"
                + "data: "
                + head
                + "{\"index\":0,\"delta\":{},\"finish_reason\":\""
                + (tool ? "tool_calls" : "stop")
                + "\"}]}\n\n"
                + "data: "
                + head
                + "],\"usage\":{\"prompt_tokens\":120,\"completion_tokens\":17,"
                + "\"total_tokens\":137,\"prompt_tokens_details\":{\"cached_tokens\":50}}}\n\n"
                + "data: [DONE]\n\n";
    }

    private static String gemini(Asked asked) {
        boolean tool = asked.wants("run_shell_command", "\"functionResponse\"");
        // It asks which of its models is to answer, and wants that in its own form.
        boolean form = asked.body().contains("\"responseMimeType\":\"application/json\"");
        String text =
                form ? "{\\\"reasoning\\\":\\\"x\\\",\\\"model_choice\\\":\\\"flash\\\"}" : ANSWER;
        String part =
                tool
                        ? "{\"functionCall\":{\"name\":\"run_shell_command\",\"args\":{\"command\":\""
                                + COMMAND
                                + "\"}}}"
                        : "{\"text\":\"" + text + "\"}";
        return "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":["
                + part
                + "]},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":120,"
                + "\"cachedContentTokenCount\":50,\"candidatesTokenCount\":17,"
                + "\"thoughtsTokenCount\":5,\"totalTokenCount\":142},\"modelVersion\":\"stub\"}";
    }

    /** The names of the tools that a request offers, whatever its form. */
    private static List<String> tools(String body) {
        List<String> names = new ArrayList<>();
        try {
            JsonValue request = new JsonReader(JsonLimits.OWN).read(body);
            if (request instanceof JsonValue.Members(var members)
                    && members.get("tools") instanceof JsonValue.Items(var tools)) {
                tools.forEach(tool -> names(tool, names));
            }
        } catch (JsonFault e) {
            return List.of();
        }
        return names;
    }

    private static void names(JsonValue tool, List<String> names) {
        if (!(tool instanceof JsonValue.Members(Map<String, JsonValue> members))) {
            return;
        }
        if (members.get("functionDeclarations") instanceof JsonValue.Items(var declared)) {
            declared.forEach(each -> names(each, names));
        } else if (members.get("function") instanceof JsonValue.Members function) {
            names(function, names);
        } else if (members.get("name") instanceof JsonValue.Text(String name)) {
            names.add(name);
        } else if (members.get("type") instanceof JsonValue.Text(String type)) {
            names.add(type);
        }
    }
}
