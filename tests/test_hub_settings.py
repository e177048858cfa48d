import importlib.util
import json
import tomllib

import pytest
import yaml

from pmkit.model.errors import PlanError
from tests.class_cases import make_class
from tests.servers import ROOT

HUB = ROOT / "deploy" / "jupyterhub"


@pytest.fixture(scope="module")
def hub_settings():
    found = importlib.util.spec_from_file_location("hub_settings", HUB / "hub_settings.py")
    module = importlib.util.module_from_spec(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(__import__("sys").modules, "hub_settings", module)
        found.loader.exec_module(module)
        yield module


@pytest.fixture
def written(tmp_path):
    """Write the sample with another class folder, and what else is to be another."""

    def write(old="", new=""):
        text = (HUB / "hub.toml").read_text().replace("/srv/pmkit/class", str(tmp_path / "class"))
        assert old in text
        path = tmp_path / "hub.toml"
        path.write_text(text.replace(old, new) if old else text)
        return path

    return write


def roster(tmp_path, *students):
    (tmp_path / "class").mkdir()
    make_class(tmp_path / "class", *students)


def test_the_sample_is_read_and_says_what_it_says(hub_settings, written, tmp_path):
    told = hub_settings.read_settings(written())
    assert (told.way, told.kind, told.owner) == ("accounts", "accounts", "teacher")
    assert told.folder == tmp_path / "class"
    assert told.seconds_idle == 1800
    assert told.instructors == ("teacher",)


def test_users_are_the_ids_of_the_roster_in_small_letters(hub_settings, written, tmp_path):
    roster(tmp_path, "S01", "ann.b")
    assert hub_settings.read_settings(written()).students() == {"s01", "ann.b"}


@pytest.mark.parametrize("id_", ["1234567", "9a", "x" * 33])
def test_an_id_that_no_account_can_have_is_refused_before_the_hub_starts(
    id_, hub_settings, written, tmp_path
):
    roster(tmp_path, "s01", id_)
    told = hub_settings.read_settings(written())
    with pytest.raises(PlanError) as raised:
        told.students()
    assert str(raised.value) == (
        "roster: an id must be a name that an account can have, which begins with a letter and has "
        f"at most 32 of a-z, 0-9, '.', '_' and '-', got {id_}; write such a one, and the old id "
        "into the column was"
    )
    together = written('kind = "accounts"', 'kind = "together"')
    assert hub_settings.read_settings(together).students() == {"s01", id_}


def test_an_instructor_is_no_student(hub_settings, written, tmp_path):
    roster(tmp_path, "s01", "Teacher")
    with pytest.raises(PlanError, match=r"^roster: must not name an instructor, got teacher$"):
        hub_settings.read_settings(written()).students()


@pytest.mark.parametrize(("old", "new", "problem"), [
    ('kind = "accounts"', 'kind = "docker"',
     "[servers] kind must be one of accounts, systemd, together, got 'docker'"),
    ('way = "accounts"', 'way = "file"',
     '[sign_in] file must be there with way = "file", is not'),
    ("idle_minutes = 30", "idle_minutes = 0",
     "[servers] idle_minutes must be a number > 0, got 0"),
    ("idle_minutes = 30", "idle_minutes = true",
     "[servers] idle_minutes must be a number > 0, got True"),
    ('owner = "teacher"', "owner = 3", "[class] owner must be a str, got 3"),
    ("most_hours", "most_hour",
     "[servers] most_hour must be one of kind, memory, cpu, most_at_once, idle_minutes, "
     "most_hours, homes, or not there\nhub.toml: [servers] most_hours must be there, is not"),
    ("[web]", "[net]\nx = 1\n[web]",
     "[net] must be one of class, sign_in, servers, web"),
])  # fmt: skip
def test_what_is_wrong_with_the_file_is_said(hub_settings, written, old, new, problem):
    with pytest.raises(PlanError) as raised:
        hub_settings.read_settings(written(old, new))
    assert str(raised.value) == f"hub.toml: {problem}"


def test_a_file_that_is_not_there_or_not_toml_is_told(hub_settings, tmp_path):
    with pytest.raises(PlanError) as raised:
        hub_settings.read_settings(tmp_path / "hub.toml")
    assert str(raised.value) == (
        f"hub: PMKIT_HUB must name a file that is there, got {tmp_path / 'hub.toml'}"
    )
    (tmp_path / "hub.toml").write_text("[class")
    with pytest.raises(PlanError, match=r"^hub\.toml: must be TOML, got something else"):
        hub_settings.read_settings(tmp_path / "hub.toml")


def test_on_kubernetes_the_parts_find_each_other_and_keep_the_same_limits():
    values = yaml.safe_load((HUB / "values.yaml").read_text())
    parts = {p["kind"]: p for p in yaml.safe_load_all((HUB / "class-service.yaml").read_text())}
    image = (HUB / "Dockerfile").read_text()
    pod = parts["Deployment"]["spec"]["template"]
    [container] = pod["spec"]["containers"]
    env = {each["name"]: each.get("value") for each in container["env"]}
    name = parts["Service"]["metadata"]["name"]
    [port] = (each["port"] for each in parts["Service"]["spec"]["ports"])
    service, single = values["hub"]["services"]["class"], values["singleuser"]
    assert service["url"] == f"http://{name}:{port}"
    assert single["extraEnv"]["PMKIT_CLASS_URL"] == f"http://{name}:{port}/services/class"
    assert env["JUPYTERHUB_SERVICE_PREFIX"] == "/services/class/"
    assert json.loads(env["JUPYTERHUB_OAUTH_ACCESS_SCOPES"])[1] == "access:services!service=class"
    [rule] = single["networkPolicy"]["egress"]
    assert rule["to"][0]["podSelector"]["matchLabels"].items() <= pod["metadata"]["labels"].items()
    assert parts["Service"]["spec"]["selector"].items() <= pod["metadata"]["labels"].items()
    for words in (single["cmd"], container["command"]):
        path = words[1]
        assert (ROOT / path.removeprefix("/opt/pmkit/")).is_file()
    assert "COPY deploy deploy" in image
    told = tomllib.loads((HUB / "hub.toml").read_text())["servers"]
    assert values["cull"]["timeout"] == 60 * told["idle_minutes"]
    assert values["cull"]["maxAge"] == 3600 * told["most_hours"]
    assert single["memory"]["limit"] == told["memory"]
    assert single["cpu"]["limit"] == told["cpu"]
    assert values["hub"]["activeServerLimit"] == told["most_at_once"]
