//! A secret's value is in no file and in no message, whatever is asked of the project that uses it.

use std::path::Path;

use crate::run::LocalAws;

/// What the local AWS keeps as secrets (`seed.py`), and their usual disguises.
fn canaries() -> Vec<String> {
    let of = |text: &str| {
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        [text.to_owned(), hex.to_uppercase(), hex]
    };
    let base64 = ["c2VjMS1jYW5hcnk", "di1jYW5hcn", "eyJrIjogInYtY2FuYXJ5In0"];
    let plain = ["sec1-canary", "v-canary"].into_iter().flat_map(of);
    plain.chain(base64.map(str::to_owned)).collect()
}

const USED: &str = "service: secretive
provider: {name: aws, runtime: python3.13}
custom:
  database: ${ssm:/aws/reference/secretsmanager/S}
  password: ${ssm:/sec}
  cipher: ${ssm(noDecrypt):/list}
functions:
  hello:
    handler: handler.hello
    environment:
      KEY: ${self:custom.database.k}
      WHOLE: ${ssm(raw):/aws/reference/secretsmanager/S:AWSCURRENT}
      URL: https://${self:custom.database.k}@host/${ssm:/a/b}
resources:
  Resources:
    Login:
      Type: AWS::IAM::User
      Properties: {LoginProfile: {Password: '${self:custom.password}'}}
";

const REFUSED: &[&str] = &[
    "service: s\nprovider: {name: aws, runtime: python3.13, environment: {A: '${ssm:/sec}'}}\n",
    "service: s\nprovider: {name: aws, runtime: python3.13, environment: {A: '${ssm:/aws/reference/secretsmanager/S}'}}\n",
    "service: s\nprovider: {name: aws, runtime: python3.13}\ncustom: {a: '${ssm:/sec}', b: '${self:custom.a.k, 5}'}\n",
    "service: s\nprovider: {name: aws, runtime: python3.13}\ncustom: {a: '${file(${ssm:/sec})}'}\n",
    "service: ${ssm:/sec}\nprovider: {name: aws, runtime: python3.13}\n",
    "service: s\nprovider: {name: aws, runtime: python3.13, stage: '${ssm:/aws/reference/secretsmanager/S}'}\n",
];

#[test]
fn a_secret_is_in_no_file_and_in_no_message() {
    let aws = LocalAws::up();
    let place = tempfile::tempdir().expect("a temporary folder");
    let mut told = String::new();
    let projects: Vec<&str> = std::iter::once(USED)
        .chain(REFUSED.iter().copied())
        .collect();
    for (number, text) in projects.into_iter().enumerate() {
        let project = place.path().join(format!("p{number}"));
        std::fs::create_dir_all(&project).expect("a folder");
        std::fs::write(project.join("serverless.yml"), text).expect("a file");
        std::fs::write(project.join("handler.py"), "def hello(e, c): pass\n").expect("a file");
        for words in [
            &["print"][..],
            &["print", "--json"],
            &["check"],
            &["show"],
            &["show", "--json"],
            &["package"],
            &["package", "--json"],
            &["plan", "--out", "plan.json"],
            &["activity"],
        ] {
            let (succeeded, said) = aws.run_in(&project, words);
            if words[0] != "activity" {
                assert_eq!(succeeded, number == 0, "{words:?} of {text}: {said}");
            }
            told.push_str(&said);
        }
    }
    assert!(told.contains("{{resolve:ssm-secure:/sec:"), "{told}");
    assert!(
        told.contains("{{resolve:secretsmanager:S:SecretString:k}}"),
        "{told}"
    );
    let mut texts = vec![("what was said".to_owned(), told.into_bytes())];
    gather(place.path(), &mut texts);
    // What the local AWS itself keeps is the vault, and no copy.
    gather_but(&aws.folder(), &["sandbox"], &mut texts);
    assert!(texts.len() > 10, "the files were looked at");
    for (name, bytes) in &texts {
        for canary in canaries() {
            let found = bytes
                .windows(canary.len())
                .any(|part| part == canary.as_bytes());
            assert!(!found, "{canary} is in {name}");
        }
    }
}

fn gather(folder: &Path, into: &mut Vec<(String, Vec<u8>)>) {
    gather_but(folder, &[], into);
}

fn gather_but(folder: &Path, but: &[&str], into: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        if but.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            gather(&path, into);
        } else if let Ok(bytes) = std::fs::read(&path) {
            into.push((path.display().to_string(), bytes));
        }
    }
}
