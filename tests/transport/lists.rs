//! Fetching the platform's list: the hash first, and a list that is not believed changes nothing.

use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use relais_ehealth::service_list::{FetchError, Fetched, ListError, Source};
use relais_ehealth::xml::verify::WholeAttribute;
use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::platform::authority::LIST_SIGNER;
use relais_sandbox::platform::service_list::{Form, Published, PublishedService, document};

use super::*;

fn now() -> Timestamp {
    "2026-03-02T07:00:00Z".parse().unwrap()
}

/// A hash in hexadecimal digits.
const ONE: &str = "8a5edab282632443219e051e4ade2d1d5bbc671c781051bf1437897cbdfea0f1";
/// One in Base64.
const TWO: &str = "il7asoJjJEMhngUeSt4tHVu8Zxx4EFG/FDeJfL3+oPE=";

/// A server of lists, and what it serves: hash and document.
struct Publisher {
    server: Server,
    serves: Arc<Mutex<(String, Vec<u8>)>>,
    world: World,
    transport: Transport,
    _folder: tempfile::TempDir,
}

impl Publisher {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = World::open(folder.path(), TurnedClock::standing_at(now())).unwrap();
        let authority = Authority::new();
        let serves = Arc::new(Mutex::new((String::new(), vec![])));
        let asked = serves.clone();
        let server = Server::serving(&authority.good_leaf(), move |request| {
            let (hash, document) = asked.lock().unwrap().clone();
            let path = request.split(' ').nth(1).unwrap_or_default();
            match path {
                "/servicelist.sha2" => http("200 OK", "", format!("{hash}\r\n")),
                "/servicelist.xml" => {
                    let document = String::from_utf8(document).unwrap();
                    http("200 OK", "Content-Type: text/xml\r\n", &document)
                }
                _ => http("404 Not Found", "", ""),
            }
        })
        .await;
        let transport = Transport::new(settings(&authority)).unwrap();
        Self { server, serves, world, transport, _folder: folder }
    }

    async fn publish(&self, hash: &str, environment: &str) {
        let service = PublishedService {
            key: "uddi:x:kgss:v1".into(),
            name: "KGSS".into(),
            endpoints: vec!["https://127.0.0.1/Kgss/v1".into()],
            active: 0,
        };
        let list = Published {
            issued_at: now(),
            environment: environment.into(),
            form: Form::V1,
            services: vec![service],
        };
        let authorities = self.world.authorities();
        let document = document(&list, &authorities.list, &authorities.issuing).await.unwrap();
        *self.serves.lock().unwrap() = (hash.to_owned(), document);
    }

    async fn fetch(&self, known: Option<&str>) -> Result<Fetched, FetchError> {
        let source = Source {
            base: Url::parse(&format!("https://{}/servicelist", self.server.address)).unwrap(),
            anchors: vec![self.world.authorities().root.certificate.clone()],
            signer: LIST_SIGNER.map(|one| WholeAttribute::parse(one).unwrap()).to_vec(),
            environment: Some("Sandbox".into()),
            hosts: HostList::parse(&["127.0.0.1"]).unwrap(),
        };
        source.fetch(&self.transport, known, now()).await
    }
}

#[tokio::test]
async fn a_list_is_read_once_and_again_only_when_its_hash_changes() {
    let publisher = Publisher::new().await;
    publisher.publish(ONE, "Sandbox").await;
    let Fetched::New(new) = publisher.fetch(None).await.unwrap() else { panic!("nothing new") };
    assert_eq!((new.hash.as_str(), new.read.list.services.len()), (ONE, 1));
    assert!(matches!(publisher.fetch(Some(ONE)).await.unwrap(), Fetched::Same));
    assert_eq!(publisher.server.told().matches("GET /servicelist.xml").count(), 1);
    publisher.publish(TWO, "Sandbox").await;
    assert!(matches!(publisher.fetch(Some(ONE)).await.unwrap(), Fetched::New(_)));
}

#[tokio::test]
async fn a_hash_that_is_none_never_makes_the_list_at_hand_the_newest() {
    let publisher = Publisher::new().await;
    for nonsense in ["", "OK", "temporarily unavailable, please try again in a few minutes"] {
        publisher.publish(nonsense, "Sandbox").await;
        let fetched = publisher.fetch(Some(nonsense)).await.unwrap();
        assert!(matches!(fetched, Fetched::New(_)), "{nonsense:?}");
    }
}

#[tokio::test]
async fn a_list_that_is_not_believed_leaves_nothing_to_remember() {
    let publisher = Publisher::new().await;
    publisher.publish(ONE, "Production").await;
    let error = publisher.fetch(None).await.unwrap_err();
    assert_eq!(error, FetchError::List(ListError::Environment));
    assert_eq!(error.problem().code, Code::LIST_OTHER_ENVIRONMENT);
    publisher.serves.lock().unwrap().1 = b"<html>maintenance</html>".to_vec();
    let error = publisher.fetch(None).await.unwrap_err();
    assert_eq!(error, FetchError::Transport(TransportError::BadAnswer(BadAnswer::Html)));
    publisher.serves.lock().unwrap().0 = "x".repeat(2000);
    let error = publisher.fetch(None).await.unwrap_err();
    assert_eq!(error, FetchError::Transport(TransportError::TooLarge));
}

#[tokio::test]
async fn a_list_of_a_hundred_megabytes_is_given_up_early_whether_or_not_it_says_so() {
    let publisher = Publisher::new().await;
    publisher.publish("one", "Sandbox").await;
    publisher.serves.lock().unwrap().1.resize(100 << 20, b' ');
    let error = publisher.fetch(None).await.unwrap_err();
    assert_eq!(error, FetchError::Transport(TransportError::TooLarge));
    assert_eq!(error.problem().code, Code::ANSWER_TOO_LARGE);
    publisher.publish("two", "Sandbox").await;
    assert!(matches!(publisher.fetch(Some("one")).await.unwrap(), Fetched::New(_)));
}
