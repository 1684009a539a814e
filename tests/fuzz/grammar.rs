//! Random values of the peer's own schema: whatever it lets somebody write is written sooner or later, also the keys
//! that nobody thought of a generator for.

use std::fs;

use serde_json::{Map, Value, json};

use crate::examples::EXAMPLES;
use crate::package;
use crate::random::Random;

/// The peer's schema of a service for AWS.
pub(crate) struct Grammar {
    root: Value,
}

/// What the schema says is right and no service means: what asks a network or a file that is not there, what belongs
/// to the peer's own cloud, and what v3 itself calls gone.
const LEFT_OUT: &[&str] = &[
    "__schemaWorkaround__",
    "artifact",
    "cfnRole",
    "console",
    "credentials",
    "dashboard",
    "deploymentMethod",
    "ecr",
    "image",
    "include",
    "exclude",
    "lambdaHashingVersion",
    "profile",
    "template",
];

impl Grammar {
    /// The installed peer's.
    pub(crate) fn of_peer() -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        let text = "service: schema\nprovider:\n  name: aws\n";
        fs::write(place.path().join("serverless.yml"), text).expect("a file");
        let output = package::node(place.path())
            .arg(pilothouse_tests::tests_folder().join("fuzz/schema.js"))
            .arg(package::peer_root())
            .arg(place.path())
            .output()
            .expect("node starts");
        let root = serde_json::from_slice(&output.stdout).expect("a schema");
        Self { root }
    }

    /// The names of the properties of an object of the schema; `functions.*` is `/properties/functions/*`.
    pub(crate) fn keys(&self, pointer: &str) -> Vec<&str> {
        let properties = self.at(pointer).get("properties");
        let properties = properties.and_then(Value::as_object);
        properties
            .into_iter()
            .flat_map(Map::keys)
            .map(String::as_str)
            .filter(|name| !LEFT_OUT.contains(name))
            .collect()
    }

    /// A value of a property of an object of the schema.
    pub(crate) fn property(&self, random: &mut Random, pointer: &str, name: &str) -> Value {
        let schema = self.at(pointer).pointer(&format!("/properties/{name}"));
        self.value(random, schema.expect("a property"), name, 0)
    }

    /// An event: its kind, and what it says.
    pub(crate) fn event(&self, random: &mut Random) -> (String, Value) {
        let kinds = self
            .at("/properties/functions/*/properties/events/items")
            .get("anyOf")
            .and_then(Value::as_array)
            .expect("kinds of events");
        loop {
            let kind = random.pick(kinds);
            let entry = kind["properties"]
                .as_object()
                .and_then(|all| all.iter().next());
            let (name, schema) = entry.expect("a kind has one key");
            if !LEFT_OUT.contains(&name.as_str()) {
                return (name.clone(), self.value(random, schema, name, 0));
            }
        }
    }

    fn at(&self, pointer: &str) -> &Value {
        let mut here = &self.root;
        for part in pointer.split('/').skip(1) {
            here = match part {
                "*" => here["patternProperties"]
                    .as_object()
                    .and_then(|all| all.values().next())
                    .expect("a pattern"),
                name => &here[name],
            };
        }
        here
    }

    /// A value that a schema takes. The name is that of the key it stands under.
    fn value(&self, random: &mut Random, schema: &Value, name: &str, depth: usize) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let definition = reference.trim_start_matches("#/definitions/");
            return by_definition(random, definition).unwrap_or_else(|| {
                self.value(random, &self.root["definitions"][definition], name, depth)
            });
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(all) = schema["enum"].as_array() {
            return random.pick(all).clone();
        }
        if let Some(all) = schema["allOf"].as_array() {
            let parts = all.iter().map(|one| self.value(random, one, name, depth));
            return joined(parts.collect());
        }
        let branches = schema["anyOf"].as_array().or(schema["oneOf"].as_array());
        if let Some(branches) = branches {
            let branch = random.pick(branches);
            if branch.get("not").is_none() {
                let mut both = schema.clone();
                if let Some(both) = both.as_object_mut() {
                    both.remove("anyOf");
                    both.remove("oneOf");
                }
                let chosen = self.value(random, branch, name, depth);
                let has_more = both.get("properties").is_some();
                return match has_more {
                    true => joined(vec![self.value(random, &both, name, depth), chosen]),
                    false => chosen,
                };
            }
        }
        self.of_type(random, schema, name, depth)
    }

    fn of_type(&self, random: &mut Random, schema: &Value, name: &str, depth: usize) -> Value {
        let kind = match &schema["type"] {
            Value::Array(kinds) => random.pick(kinds).clone(),
            kind => kind.clone(),
        };
        match kind.as_str() {
            Some("object") => self.object(random, schema, depth),
            Some("array") => self.array(random, schema, name, depth),
            Some("string") => string(random, schema, name),
            Some("integer" | "number") => number(random, schema),
            Some("boolean") => random.truth(),
            Some("null") => Value::Null,
            _ if schema.get("properties").is_some() => self.object(random, schema, depth),
            _ if schema.get("pattern").is_some() || schema.get("regexp").is_some() => {
                string(random, schema, name)
            }
            _ => random.word(&["anything", "one: two"]),
        }
    }

    fn object(&self, random: &mut Random, schema: &Value, depth: usize) -> Value {
        let mut made = Map::new();
        let required: Vec<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let chance = if depth == 0 { 40 } else { 30 };
        if let Some(properties) = schema["properties"].as_object() {
            for (name, schema) in properties {
                let wanted = required.contains(&name.as_str()) || random.chance(chance);
                if wanted && !LEFT_OUT.contains(&name.as_str()) {
                    made.insert(name.clone(), self.value(random, schema, name, depth + 1));
                }
            }
        }
        // One key of several: none would mean nothing.
        let first = schema["properties"]
            .as_object()
            .and_then(|all| all.iter().next());
        if let Some((name, one)) = first.filter(|_| made.is_empty() && schema["maxProperties"] == 1)
        {
            made.insert(name.clone(), self.value(random, one, name, depth + 1));
        }
        if let Some(patterns) = schema["patternProperties"].as_object() {
            for (pattern, schema) in patterns {
                for _ in 0..random.between(1, 2) {
                    let name = example(random, pattern);
                    let value = self.value(random, schema, &name, depth + 1);
                    made.insert(name, value);
                }
            }
        }
        let more = &schema["additionalProperties"];
        if more.is_object() && schema.get("properties").is_none() {
            let name = format!("k{}", random.below(3));
            let value = self.value(random, more, &name, depth + 1);
            made.insert(name, value);
        } else if made.is_empty() && more != &Value::Bool(false) && random.chance(50) {
            made.insert("free".into(), json!(["x", 1, { "deep": true }]));
        }
        if let Some(most) = schema["maxProperties"].as_u64() {
            let names: Vec<String> = made.keys().skip(most as usize).cloned().collect();
            names.iter().for_each(|name| drop(made.remove(name)));
        }
        made.into()
    }

    fn array(&self, random: &mut Random, schema: &Value, name: &str, depth: usize) -> Value {
        let least = schema["minItems"].as_u64().unwrap_or(0) as usize;
        let most = schema["maxItems"].as_u64().unwrap_or(u64::MAX) as usize;
        let count = random.between(least, most.min(least + 2));
        let mut items: Vec<Value> = Vec::new();
        for _ in 0..count {
            let item = self.value(random, &schema["items"], name, depth + 1);
            if schema["uniqueItems"] != true || !items.contains(&item) {
                items.push(item);
            }
        }
        items.into()
    }
}

fn joined(parts: Vec<Value>) -> Value {
    let mut made = Map::new();
    for part in parts {
        match part {
            Value::Object(entries) => made.extend(entries),
            other => return other,
        }
    }
    made.into()
}

/// What a definition means that its schema alone does not say.
fn by_definition(random: &mut Random, definition: &str) -> Option<Value> {
    let arn = |service: &str, name: &str| {
        Value::from(format!("arn:aws:{service}:us-east-1:123456789012:{name}"))
    };
    Some(match definition {
        "awsCfFunction" | "awsCfArrayInstruction" | "awsCfImportLocallyResolvable" => {
            match random.below(5) {
                0 => json!({ "Ref": "Queue" }),
                1 => json!({ "Fn::GetAtt": ["Queue", "Arn"] }),
                2 => json!({ "Fn::Sub": "arn:${AWS::Partition}:x:::${Queue}" }),
                3 => json!({ "Fn::ImportValue": "their-export" }),
                _ => json!({ "Fn::Join": ["-", ["a", { "Ref": "AWS::Region" }]] }),
            }
        }
        "awsCfRef" => json!({ "Ref": "Queue" }),
        "awsCfGetAtt" => json!({ "Fn::GetAtt": ["Queue", "Arn"] }),
        "awsCfSub" => json!({ "Fn::Sub": "${Topic}-x" }),
        "awsCfImport" => json!({ "Fn::ImportValue": "their-export" }),
        "awsCfJoin" => json!({ "Fn::Join": ["", ["a", { "Ref": "Queue" }]] }),
        "awsCfInstruction" if random.chance(60) => "plain".into(),
        "awsArnString" => match random.below(3) {
            0 => arn("sqs", "jobs"),
            1 => arn("sns", "news"),
            _ => arn("lambda", "function:other"),
        },
        "awsKmsArn" => arn("kms", "key/1"),
        "awsSecretsManagerArnString" => arn("secretsmanager", "secret:login-Ab12cd"),
        "awsAlbListenerArn" => arn(
            "elasticloadbalancing",
            "listener/app/balancer/50dc6c495c0c9188/f2f7dc8efc522ab2",
        ),
        "awsLogicalResourceId" => random.word(&["Queue", "Topic", "Stream"]),
        "awsResourceCondition" => "IsLive".into(),
        "functionName" => random.word(&["hello", "my-fn"]),
        "stage" => random.word(&["dev", "live"]),
        _ => return None,
    })
}

fn number(random: &mut Random, schema: &Value) -> Value {
    let least = schema["minimum"].as_i64().unwrap_or(0);
    let most = schema["maximum"].as_i64().unwrap_or(least + 100);
    let spread = usize::try_from(most - least).unwrap_or(0);
    let at = match random.below(4) {
        0 => 0,
        1 => spread,
        _ => random.below(spread + 1),
    };
    (least + i64::try_from(at).unwrap_or(0)).into()
}

fn string(random: &mut Random, schema: &Value, name: &str) -> Value {
    if let Some(pattern) = schema["pattern"].as_str().or(schema["regexp"].as_str()) {
        return example(random, pattern).into();
    }
    match name {
        "authorizer" | "functionName" => return random.word(&["hello", "aws_iam", "mine"]),
        "Sid" => return "Mine".into(),
        _ => {}
    }
    if schema["format"] == "date-time" || schema["format"] == "date" {
        return "2026-11-24T00:00:00Z".into();
    }
    let most = schema["maxLength"].as_u64().unwrap_or(60) as usize;
    let least = schema["minLength"].as_u64().unwrap_or(0) as usize;
    let words = ["plain", "two words", "a-b_c", "x", "9"];
    let mut text = random.pick(&words).to_string();
    while text.len() < least {
        text.push('z');
    }
    text.chars().take(most).collect::<String>().into()
}

/// A text that a pattern of the schema takes. One that is not known is told, so that it joins the list.
fn example(random: &mut Random, pattern: &str) -> String {
    let known = EXAMPLES.iter().find(|(known, _)| *known == pattern);
    if let Some((_, texts)) = known {
        return random.pick(texts).to_string();
    }
    // `/^word$/i`: the word, in whatever case.
    let word = pattern
        .strip_prefix("/^")
        .and_then(|rest| rest.strip_suffix("$/i"));
    match word {
        Some(word) if random.chance(50) => word.to_uppercase(),
        Some(word) => word.to_owned(),
        None => panic!("no example of the pattern `{pattern}`"),
    }
}
