package import Documents

extension [Route] {
  /// The routes' own descriptions as an OpenAPI 3.1 document.
  package func openAPI(version: String) -> JSON {
    let paths = Dictionary(grouping: self, by: \.path).sorted { $0.key < $1.key }
    return [
      "openapi": "3.1.0",
      "info": ["title": "Fulcrum observatory", "version": .string(version)],
      "paths": .object(
        paths.map { path, routes in
          JSON.Member(
            key: path,
            value: .object(
              routes.map { JSON.Member(key: $0.method.lowercased(), value: $0.openAPI) }))
        }),
      "components": [
        "schemas": [
          "Problem": [
            "type": "object", "required": ["title", "status", "detail"],
            "properties": [
              "type": ["type": "string"], "title": ["type": "string"],
              "status": ["type": "integer"], "detail": ["type": "string"],
              "problems": ["type": "array", "items": ["type": "string"]],
            ],
          ]
        ]
      ],
    ]
  }
}

extension Route {
  fileprivate var openAPI: JSON {
    .object(defined: [
      "summary": .string(summary),
      "parameters": .array(pathParameters + parameters.map(\.openAPI)),
      "requestBody": body.map { body in
        [
          "required": true, "description": .string(body.meaning),
          "content": ["application/json": ["schema": body.schema]],
        ]
      },
      "responses": responses,
    ])
  }

  private var pathParameters: [JSON] {
    segments.filter { $0.hasPrefix("{") }.map { segment in
      [
        "name": .string(String(segment.dropFirst().dropLast())), "in": "path", "required": true,
        "schema": [
          "type": "string", "minLength": 1, "maxLength": .integer(Request.Limits.argument),
        ],
      ]
    }
  }

  private var responses: JSON {
    let content = types.map { type in
      JSON.Member(
        key: type, value: type == "application/json" ? ["schema": schema] : .object([]))
    }
    let answers = [
      JSON.Member(
        key: "200", value: ["description": "What was asked for.", "content": .object(content)]),
      JSON.Member(
        key: "202",
        value: [
          "description": "It is being worked out; ask again after the seconds of Retry-After.",
          "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
        ]),
      JSON.Member(key: "304", value: ["description": "It has not changed since."]),
    ]
    return .object(answers + Self.refusals)
  }

  private static let refusals: [JSON.Member] = [
    ("400", "The arguments or the body are wrong."),
    ("403", "A page of another site sent it."), ("404", "There is nothing of that name."),
    ("405", "The address takes another method."), ("406", "The address has no such media type."),
    ("413", "The body is too long."), ("414", "The address is too long."),
    ("415", "The body is not called JSON."),
    ("421", "The server does not answer to this host name."), ("431", "The headers are too long."),
    ("503", "Too many clients came, or too much is being worked out; see Retry-After."),
  ].map { status, meaning in
    JSON.Member(
      key: status,
      value: [
        "description": .string(meaning),
        "content": [
          "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
        ],
      ])
  }
}

extension Route.Parameter {
  fileprivate var openAPI: JSON {
    let schema: JSON =
      switch kind {
      case .text: ["type": "string", "maxLength": .integer(Request.Limits.argument)]
      case .weights(let count, _):
        [
          "type": "string", "maxLength": .integer(Request.Limits.argument),
          "description": .string("\(count) numbers with commas between."),
        ]
      case .whole(let range):
        [
          "type": "integer", "minimum": .integer(range.lowerBound),
          "maximum": .integer(range.upperBound),
        ]
      case .number(let range):
        [
          "type": "number", "minimum": .number(range.lowerBound),
          "maximum": .number(range.upperBound),
        ]
      case .word(let words): ["type": "string", "enum": .strings(words)]
      case .words:
        [
          // How many fit into an address depends on how long they are.
          "type": "array",
          "items": ["type": "string", "maxLength": .integer(Request.Limits.argument)],
        ]
      }
    return [
      "name": .string(name), "in": "query", "required": false, "description": .string(meaning),
      "schema": schema,
    ]
  }
}
