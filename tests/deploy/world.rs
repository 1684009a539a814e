//! A sandbox of a test's own, a project in it, and the command run against both.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use serde_json::Value;
use tempfile::TempDir;

/// A home with a sandbox, and a project. The sandbox is taken down however the test ends.
pub struct World {
    place: Arc<TempDir>,
    folder: &'static str,
}

/// What a run of the command said.
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub errors: String,
}

impl Said {
    /// The value on standard output.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|_| panic!("not JSON: {}\n{}", self.out, self.errors))
    }

    /// The error's code on standard error, which `--json` prints.
    pub fn error(&self) -> Value {
        serde_json::from_str(&self.errors)
            .unwrap_or_else(|_| panic!("not JSON: {}\n{}", self.errors, self.out))
    }

    /// Itself, when the command ended well.
    #[track_caller]
    pub fn well(self) -> Self {
        assert_eq!(self.code, Some(0), "{}\n{}", self.out, self.errors);
        self
    }

    /// Itself, when the command was refused or failed, with the code that `--json` prints.
    #[track_caller]
    pub fn failed_with(self, code: &str) -> Self {
        assert_eq!(self.code, Some(1), "{}\n{}", self.out, self.errors);
        assert_eq!(self.error()["error"]["code"], code, "{}", self.errors);
        self
    }
}

impl World {
    /// With an empty project.
    pub fn new() -> Self {
        let place = Arc::new(tempfile::tempdir().expect("a temporary folder"));
        Self { place, folder: "" }.beside("project")
    }

    /// An empty project in a folder of its own, on the same sandbox.
    pub fn beside(&self, folder: &'static str) -> Self {
        fs::create_dir_all(self.place.path().join(folder)).expect("a folder");
        let place = Arc::clone(&self.place);
        Self { place, folder }
    }

    /// With a copy of an example.
    pub fn with_example(name: &str) -> Self {
        Self::new().with_copy_of(name)
    }

    /// Itself, with a copy of an example.
    pub fn with_copy_of(self, name: &str) -> Self {
        let from = pilothouse_tests::repository().join("examples").join(name);
        pilothouse_tests::copy_folder(&from, &self.project()).expect("a copy");
        self
    }

    /// With the small service that most tests change: one function behind `GET /hello`, and a queue.
    pub fn with_shop() -> Self {
        let world = Self::new();
        world.write("serverless.yml", SHOP);
        world.write("handler.py", &handler("one"));
        world
    }

    pub fn project(&self) -> PathBuf {
        self.place.path().join(self.folder)
    }

    /// The folder of everything.
    pub fn place(&self) -> &Path {
        self.place.path()
    }

    pub fn home(&self) -> PathBuf {
        self.place.path().join("pilothouse")
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.project().join(name);
        let folder = path.parent().expect("a folder above");
        fs::create_dir_all(folder).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Replaces a text in the service, which must be there.
    #[track_caller]
    pub fn change_service(&self, from: &str, to: &str) {
        let path = self.project().join("serverless.yml");
        let text = fs::read_to_string(&path).expect("a service");
        assert!(text.contains(from), "{from} is not in {text}");
        fs::write(path, text.replace(from, to)).expect("a file");
    }

    /// The command, in the project's folder.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = pilothouse_tests::pilothouse(self.place.path());
        if let Some(folder) = std::env::var_os("PILOTHOUSE_SANDBOX_INSTALL") {
            command.env("PILOTHOUSE_SANDBOX_INSTALL", folder);
        }
        command.args(words).current_dir(self.project());
        command
    }

    pub fn run(&self, words: &[&str]) -> Said {
        said(self.command(words).output().expect("the command starts"))
    }

    /// `deploy --sandbox --yes`, with more words.
    pub fn deploy(&self, more: &[&str]) -> Said {
        self.run(&[&["deploy", "--sandbox", "--yes"], more].concat())
    }

    /// The rows of `plan --json`: logical id and change.
    pub fn planned(&self) -> Vec<(String, String)> {
        let plan = self.run(&["plan", "--sandbox", "--json"]).well().json();
        rows(&plan)
    }

    /// The address of the first endpoint.
    pub fn url(&self) -> String {
        let info = self.run(&["info", "--sandbox", "--json"]).well().json();
        info["endpoints"][0]["url"]
            .as_str()
            .expect("an endpoint")
            .to_owned()
    }

    /// Status and body of a GET, asked by Python so that no HTTP client is a dependency.
    pub fn get(&self, url: &str) -> (u16, String) {
        let ask = "import sys,urllib.request as u,urllib.error as e
try:
    a=u.urlopen(sys.argv[1],timeout=30)
except e.HTTPError as problem:
    a=problem
print(a.status);print(a.read().decode(),end='')";
        let output = Command::new("python3")
            .args(["-c", ask, url])
            .output()
            .expect("python3 starts");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let (status, body) = text.split_once('\n').unwrap_or_default();
        (status.parse().unwrap_or_default(), body.to_owned())
    }

    /// Status and body of an empty POST, signed for a Region when one is given.
    pub fn post(&self, url: &str, signed_for: Option<&str>) -> (u16, String) {
        let ask = "import sys,urllib3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
url,region=sys.argv[1:3]
request=AWSRequest('POST',url)
if region:
    SigV4Auth(Credentials('test','test'),'execute-api',region).add_auth(request)
answer=urllib3.request('POST',url,headers=dict(request.headers))
print(answer.status);print(answer.data.decode(),end='')";
        let text = self.python(ask, &[url, signed_for.unwrap_or_default()]);
        let (status, body) = text.split_once('\n').unwrap_or_default();
        (status.parse().unwrap_or_default(), body.to_owned())
    }

    /// What the local AWS answers to a call, asked by its own Python's `boto3`.
    pub fn boto(&self, aws: &str, service: &str, call: &str, asked: &Value) -> Value {
        self.boto_in("us-east-1", aws, service, call, asked)
    }

    /// The same in a Region.
    pub fn boto_in(
        &self,
        region: &str,
        aws: &str,
        service: &str,
        call: &str,
        asked: &Value,
    ) -> Value {
        let ask = "import json,sys,boto3
region,url,service,call,asked=sys.argv[1:]
client=boto3.client(service,region_name=region,endpoint_url=url,aws_access_key_id='test',aws_secret_access_key='test')
print(json.dumps(getattr(client,call)(**json.loads(asked)),default=str))";
        let asked = asked.to_string();
        let text = self.python(ask, &[region, aws, service, call, &asked]);
        serde_json::from_str(&text).expect("JSON")
    }

    /// What a program says to the sandbox's own Python, which has the SDK.
    fn python(&self, program: &str, words: &[&str]) -> String {
        let output = Command::new(self.sandbox_python())
            .args(["-I", "-c", program])
            .args(words)
            .env_clear()
            .output()
            .expect("the sandbox's Python starts");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {errors}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn sandbox_python(&self) -> PathBuf {
        let install = std::env::var_os("PILOTHOUSE_SANDBOX_INSTALL")
            .map_or_else(|| self.home().join("sandbox/install"), PathBuf::from);
        let versions = fs::read_dir(&install).expect("an installation");
        versions
            .filter_map(|version| Some(version.ok()?.path().join("venv/bin/python")))
            .find(|python| python.is_file())
            .expect("the sandbox's Python")
    }

    /// What `GET /hello` answers.
    pub fn hello(&self) -> String {
        let (status, body) = self.get(&self.url());
        assert_eq!(status, 200, "{body}");
        body
    }

    /// The journal's entries, newest first.
    pub fn activity(&self) -> Vec<Value> {
        let list = self.run(&["activity", "--json"]).well().json();
        list.as_array().expect("a list").clone()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // The last one on a sandbox takes it down.
        if Arc::strong_count(&self.place) > 1 {
            return;
        }
        self.run(&["sandbox", "down"]);
    }
}

pub fn said(output: Output) -> Said {
    Said {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

pub fn rows(plan: &Value) -> Vec<(String, String)> {
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let rows = plan["rows"].as_array().expect("rows");
    rows.iter()
        .map(|row| (text(row, "logicalId"), text(row, "change")))
        .collect()
}

/// A handler that answers with a word.
pub fn handler(word: &str) -> String {
    format!("def hello(event, context):\n    return {{'statusCode': 200, 'body': '{word}'}}\n")
}

pub const SHOP: &str = "service: shop
provider:
  name: aws
  runtime: python3.13
  memorySize: 128
functions:
  hello:
    handler: handler.hello
    events:
      - http: GET /hello
resources:
  Resources:
    Orders:
      Type: AWS::SQS::Queue
      Properties:
        QueueName: orders-${sls:stage}
";
