import re

import pytest
from PIL import ImageChops, ImageStat

from issues.demo.pictures import SCENES, draw

SMALL = (150, 100)
EVERY_SCENE = pytest.mark.parametrize("scene", SCENES)


@EVERY_SCENE
def test_every_scene_draws_a_picture_with_light_and_shade(scene):
    picture = draw(scene, SMALL)
    assert picture.mode == "RGB"
    assert picture.size == SMALL
    assert ImageStat.Stat(picture.convert("L")).stddev[0] > 12


@EVERY_SCENE
def test_a_scene_is_always_drawn_the_same(scene):
    assert draw(scene, SMALL).tobytes() == draw(scene, SMALL).tobytes()


@EVERY_SCENE
def test_every_scene_has_a_chinese_alternative_text(scene):
    assert re.fullmatch(r"[\u4e00-\u9fff，、]{8,40}", SCENES[scene])


def test_no_two_scenes_look_or_read_alike():
    assert len({draw(scene, SMALL).tobytes() for scene in SCENES}) == len(SCENES)
    assert len(set(SCENES.values())) == len(SCENES)


@pytest.mark.parametrize("size", [(160, 120), (400, 300), (1500, 1000), (101, 77)])
def test_the_picture_has_exactly_the_size_asked_for(size):
    assert draw("hills", size).size == size


def test_four_to_three_is_the_middle_of_three_to_two():
    wide, narrow = draw("counter", (300, 200)), draw("counter", (267, 200))
    middle = wide.crop((16, 0, 283, 200))
    assert max(ImageStat.Stat(ImageChops.difference(middle, narrow)).mean) < 8


def test_an_unknown_scene_is_refused():
    with pytest.raises(KeyError):
        draw("no such scene")
