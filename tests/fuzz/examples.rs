//! Texts that the patterns of the peer's schema take.

/// A pattern, and what it takes.
pub(crate) const EXAMPLES: &[(&str, &[&str])] = &[
    (
        r#"(?!^(\d{1,3}\.){3}\d{1,3}$)(^(([a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])\.)*([a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])$)"#,
        &["a-bucket", "files.example.org"],
    ),
    ("(^\\/$)|(^\\/[!-\u{7f}]+\\/$)", &["/", "/team/"]),
    (
        r#"/^(?:\*|(ANY|GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE) (\/\S*))$/i"#,
        &["GET /b/{id}", "*", "any /{proxy+}", "post /c"],
    ),
    (
        r#"/^(?:\*|(GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE|ANY) (\/\S*))$/i"#,
        &["get /users/{id}", "POST /a", "any /"],
    ),
    (
        r#"/^(?:\*|ANY|GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE)$/i"#,
        &["*", "get", "PATCH"],
    ),
    (
        r#"/^(?:\*|GET|POST|PUT|PATCH|OPTIONS|HEAD|DELETE|ANY)$/i"#,
        &["get", "PUT", "any"],
    ),
    (
        r#"/^(?:\*|\/?\S*)$/"#,
        &["users/{id}", "/orders", "/", "{proxy+}"],
    ),
    (r#"/^(?:\*|\/\S*)$/"#, &["/users/{id}", "/orders", "/", "*"]),
    (r#"[\.\-_A-Za-z0-9]+"#, &["a.name", "b_2"]),
    (r#"[\w\-\/]+"#, &["a/b-c"]),
    (r#"[a-zA-Z0-9-/*:_+=.@-]*"#, &["/host", "user"]),
    (r#"[a-zA-Z0-9-_.]+"#, &["topic.a"]),
    (r#"\d{12}"#, &["123456789012"]),
    (
        r#"^((arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+)$"#,
        &["a-layer"],
    ),
    (
        r#"^(?!aws:)[\w./=+:\-_\x20]{1,128}$"#,
        &["team", "cost:center"],
    ),
    (r#"^(?:cron|rate)\(.+\)$"#, &["rate(5 minutes)"]),
    (r#"^([A-Za-z0-9*?_.$/~"'@:+-]|&amp;)+$"#, &["/a/*", "/b"]),
    (
        r#"^([A-Za-z0-9_.*?$/~"'@:+-]|&amp;)+$"#,
        &["/files/*", "/x"],
    ),
    (r#"^(\.\/?|(\.\/)?\.\.(\/\.\.)*\/?)$"#, &["."]),
    (
        r#"^(\d{12}|\*|arn:(aws[a-zA-Z-]*):iam::\d{12}:root)$"#,
        &["*", "123456789012"],
    ),
    (r#"^/mnt/[a-zA-Z0-9-_.]+$"#, &["/mnt/data"]),
    (r#"^[#A-Za-z0-9-_./]+[*]?$"#, &["/aws/group", "group-2"]),
    (r#"^[/#A-Za-z0-9-_.]+$"#, &["/aws/group", "a.b"]),
    (r#"^[A-Z0-9_]+$"#, &["SOME_CODE"]),
    (r#"^[A-Z_-]+$"#, &["GET", "POST"]),
    (r#"^[A-Za-z0-9*?.-]+$"#, &["*.example.org", "example.org"]),
    (r#"^[A-Za-z0-9/_+=,.@-]{1,64}$"#, &["a-role"]),
    (r#"^[A-Za-z_][a-zA-Z0-9_]*$"#, &["PLAIN", "_x1"]),
    (r#"^[\w-]+$"#, &["plan-a"]),
    (r#"^[\w\s+=,.@-]+$"#, &["my-pool"]),
    (r#"^[a-f0-9-]+$"#, &["3f2c1a"]),
    (r#"^[a-z0-9][a-z0-9-]{1,37}[a-z0-9]$"#, &["app-1"]),
    (r#"^[a-z0-9]{5,39}$"#, &["abcde1"]),
    (r#"^[a-zA-Z0-9-]+$"#, &["name-1"]),
    (r#"^[a-zA-Z0-9-_]+$"#, &["one", "two_2"]),
    (r#"^[a-zA-Z0-9._\-]+$"#, &["a.b-c"]),
    (r#"^[a-zA-Z][0-9a-zA-Z-]+$"#, &["Mine1"]),
    (r#"^[a-zA-Z][a-zA-Z0-9-]*$"#, &["Mine-1"]),
    (r#"^[a-z][a-z0-9-_]{1,31}$"#, &["a-mode"]),
    (r#"^\S+\/\S+$"#, &["image/png", "application/json"]),
    (
        r#"^\d+\.dkr\.ecr\.[a-z0-9-]+..amazonaws.com\/([^@]+)|([^@:]+@sha256:[a-f0-9]{64})$"#,
        &[
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/a@sha256:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
        ],
    ),
    (r#"^\d{12}$"#, &["123456789012"]),
    (r#"^\d{3}$"#, &["200", "404"]),
    (
        r#"^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$"#,
        &["200", "200-299,404"],
    ),
    (r#"^arn:"#, &["arn:aws:sqs:us-east-1:123456789012:jobs"]),
    (
        r#"^arn:aws[a-z-]*:kms"#,
        &["arn:aws:kms:us-east-1:123456789012:key/1"],
    ),
    (
        r#"^arn:aws[a-z-]*:sns"#,
        &["arn:aws:sns:us-east-1:123456789012:failures"],
    ),
    (
        r#"^arn:aws[a-zA-Z-]*:elasticfilesystem:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-[1-9]{1}:[0-9]{12}:access-point/fsap-[a-f0-9]{17}$"#,
        &["arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0a1b2c3d4e5f60718"],
    ),
    (r#"^execute-api:/"#, &["execute-api:/*/*/*"]),
    (
        r#"^origin-access-identity/cloudfront/.+"#,
        &["origin-access-identity/cloudfront/E127EXAMPLE51Z"],
    ),
    (
        r#"^rate\((?:1 (?:minute|hour|day)|(?:1\d+|[2-9]\d*) (?:minute|hour|day)s)\)$|^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$"#,
        &["rate(1 minute)", "rate(12 hours)", "cron(0 12 * * ? *)"],
    ),
    (r#"^s3:"#, &["s3:ObjectCreated:*"]),
    (
        r#"^s3:.+$"#,
        &["s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"],
    ),
    (
        r#"arn:[a-z-]+:mq:[a-z0-9-]+:\d+:broker:[A-Za-z0-9/_+=.@-]+:b-[a-z0-9-]+"#,
        &["arn:aws:mq:us-east-1:123456789012:broker:Mine:b-12ab"],
    ),
    (r#"sg-[a-z0-9]+"#, &["sg-0a1b2c"]),
    (r#"subnet-[a-z0-9]+"#, &["subnet-0a1b2c"]),
    (r"^[a-zA-Z0-9]{1,255}$", &["abc1"]),
];
