//! A key policy as the console asks for it: administrators, users, and options. Made into a document, and read back
//! out of any document without loss: what is no such statement stays as it is.

use crate::arn::domain;
use crate::condition::{Comparison, Operator};
use crate::key_actions::{ADMINISTER, DELETE, GRANT, IMPORT, KeyUse, REPLICATE, ROTATE};
use crate::key_blocks::{Block, BlockKind};
use crate::policy::{Condition, Document, Entry, PrincipalPart, Statement, Test};
use crate::text::{Text, Texts};

/// Somebody who uses a key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyUser {
    /// The ARN of a user or role, or of another account's root.
    pub arn: String,
    /// The services of AWS (`ssm.eu-central-1.amazonaws.com`) through which alone they use it; none when directly.
    pub through: Vec<String>,
}

impl KeyUser {
    /// Somebody who uses it directly.
    pub fn directly(arn: impl Into<String>) -> Self {
        Self {
            arn: arn.into(),
            through: Vec::new(),
        }
    }

    /// Somebody who uses it through one service only.
    pub fn through(arn: impl Into<String>, service: impl Into<String>) -> Self {
        Self {
            arn: arn.into(),
            through: vec![service.into()],
        }
    }
}

/// The parts of a key policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPolicy {
    /// The partition of the account.
    pub partition: String,
    /// The account that owns the key.
    pub account: String,
    /// What the key is for.
    pub key_use: KeyUse,
    /// Whether the account's own policies count, which also lets its root user in.
    pub root: bool,
    /// Who administers it, by ARN.
    pub administrators: Vec<String>,
    /// Whether administrators may delete it.
    pub may_delete: bool,
    /// Whether administrators may make replicas in other regions.
    pub multi_region: bool,
    /// Whether administrators may bring key material of their own.
    pub imported: bool,
    /// Who uses it.
    pub users: Vec<KeyUser>,
    /// For whom resources of AWS may use it, by grants.
    pub for_resources: Vec<String>,
    /// Services through which every user and role of the account uses it, where its own policies allow.
    pub services: Vec<String>,
    /// The document it was read from, in parts.
    pub(crate) blocks: Vec<Block>,
    /// Its frame.
    pub(crate) frame: Option<Document>,
}

impl KeyPolicy {
    /// The policy of a new key that nobody was chosen for yet: the account's own policies decide.
    pub fn new(partition: &str, account: &str, key_use: KeyUse) -> Self {
        Self {
            partition: partition.to_owned(),
            account: account.to_owned(),
            key_use,
            root: true,
            administrators: Vec::new(),
            may_delete: true,
            multi_region: false,
            imported: false,
            users: Vec::new(),
            for_resources: Vec::new(),
            services: Vec::new(),
            blocks: Vec::new(),
            frame: None,
        }
    }

    /// Adds a user, and lets resources of AWS use the key for them, as the console does.
    pub fn add_user(&mut self, user: KeyUser) {
        if user.through.is_empty() && !self.for_resources.contains(&user.arn) {
            self.for_resources.push(user.arn.clone());
        }
        self.users.push(user);
    }

    /// The ARN of the account's root.
    pub fn root_arn(&self) -> String {
        format!("arn:{}:iam::{}:root", self.partition, self.account)
    }

    /// The address of a service, as `kms:ViaService` names it: always with `amazonaws.com`'s kin of the partition.
    pub fn via(&self, service: &str, region: &str) -> String {
        format!("{service}.{region}.{}", domain(&self.partition))
    }

    /// The statements that were in the document and are neither of administrators nor of users as the console makes
    /// them, with their JSON pointers. They are kept as they are.
    pub fn rest(&self) -> Vec<(String, &Entry)> {
        let Some(frame) = &self.frame else {
            return Vec::new();
        };
        let numbered = frame.statements.iter().enumerate();
        let kept = numbered.filter(|(at, _)| {
            self.blocks
                .get(*at)
                .is_some_and(|block| block.kind == BlockKind::Rest)
        });
        kept.map(|(at, entry)| (frame.pointer(at), entry)).collect()
    }

    /// The document. What was read and not changed comes out as it was.
    pub fn to_document(&self) -> Document {
        let mut statements: Vec<Entry> = self
            .blocks
            .iter()
            .filter_map(|block| block.changed(self))
            .collect();
        let made = BlockKind::MADE
            .into_iter()
            .flat_map(|kind| kind.missing(self));
        statements.extend(made.map(Entry::from));
        match &self.frame {
            Some(frame) => Document {
                bare: frame.bare && statements.len() == 1,
                statements,
                ..frame.clone()
            },
            None => Document {
                id: Some("key-consolepolicy-3".into()),
                statements,
                ..Document::of([])
            },
        }
    }

    pub(crate) fn root_statement(&self) -> Statement {
        self.allow(
            "Enable IAM User Permissions",
            &["kms:*"],
            Texts::of([self.root_arn()]),
        )
    }

    pub(crate) fn administrator_statement(&self, who: &[String]) -> Statement {
        let mut actions = ADMINISTER.to_vec();
        if self.may_delete {
            actions.extend(DELETE);
        }
        if self.key_use == KeyUse::Symmetric && !self.imported {
            actions.push(ROTATE);
        }
        if self.imported {
            actions.push(IMPORT);
        }
        if self.multi_region {
            actions.push(REPLICATE);
        }
        self.allow(
            "Allow access for Key Administrators",
            &actions,
            Texts::of(who.to_vec()),
        )
    }

    pub(crate) fn user_statement(&self, who: &[String], through: &[String]) -> Statement {
        let statement = self.allow(
            "Allow use of the key",
            self.key_use.actions(),
            Texts::of(who.to_vec()),
        );
        if through.is_empty() {
            return statement;
        }
        let services = through
            .iter()
            .filter_map(|service| service.split('.').next());
        let sid = format!(
            "Allow use of the key through {}",
            services.collect::<Vec<_>>().join(" and ")
        );
        let via = Condition::string_equals([("kms:ViaService", through.to_vec())]);
        statement.named(&sid).when(via)
    }

    pub(crate) fn resource_statement(&self, who: &[String]) -> Statement {
        let for_resources = Test {
            operator: Operator {
                set: None,
                comparison: Comparison::Bool,
                if_exists: false,
            },
            keys: vec![("kms:GrantIsForAWSResource".to_owned(), Texts::of(["true"]))],
        };
        self.allow(
            "Allow attachment of persistent resources",
            GRANT,
            Texts::of(who.to_vec()),
        )
        .when(Condition::All(vec![for_resources]))
    }

    pub(crate) fn service_statement(&self) -> Statement {
        let when = Condition::string_equals([
            ("kms:CallerAccount", vec![self.account.clone()]),
            ("kms:ViaService", self.services.clone()),
        ]);
        let mut statement = self.allow(
            "Allow use through AWS services",
            self.key_use.actions(),
            Texts::of(["*"]),
        );
        statement.principal = Some(PrincipalPart::aws(Texts::of(["*"])));
        statement.when(when)
    }

    fn allow(&self, sid: &str, actions: &[&str], who: Texts) -> Statement {
        let actions = match actions {
            [one] => Texts::of([*one]),
            many => Texts::list(many.iter().copied()),
        };
        Statement::allow(actions, Some(Texts::of([Text::from("*")])))
            .named(sid)
            .of(PrincipalPart::aws(who))
    }
}
