"""``sentinelmatch:trainmatcher``: a network learns to match the user's own area."""

from __future__ import annotations

import os
from dataclasses import dataclass

from qgis.core import (
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..engine.jobs import PRECISIONS, START_FROM, TrainMatcherJob
from . import checks
from . import parameters as define
from .algorithm import ParameterError, SentinelMatchAlgorithm
from .engine_call import files_written, number, run_engine
from .settings import engine_python, model_folder
from .texts import tr

DEFAULT = TrainMatcherJob("")
EPOCHS_DEFAULT = 10.0


@dataclass
class TrainingInputs:
    """Everything the job needs, resolved in the main thread."""

    choices: dict
    numbers: dict
    texts: dict
    python: str
    model_folder: str


class TrainMatcher(SentinelMatchAlgorithm):
    """Train a matcher on a training set."""

    ID = "trainmatcher"
    TITLE = "Train matcher"
    SUMMARY = "Trains a matcher on a training set, and says whether it became better on places that it never saw."
    TAGS = "train,training,fine-tune,network,deep learning,weights,seasonal,superglue,lightglue,loftr,tie points"
    ICON = "trainmatcher"
    GROUP = "matchers"

    TRAINING_SET, START_FROM, START_WEIGHTS = "TRAINING_SET", "START_FROM", "START_WEIGHTS"
    EPOCHS, DEVICE, MINUTES, BATCH, ACCUMULATE = "EPOCHS", "DEVICE", "MINUTES", "BATCH", "ACCUMULATE"
    LEARNING_RATE, SIZE, PAIR_OPTIONS, PRECISION = "LEARNING_RATE", "SIZE", "PAIR_OPTIONS", "PRECISION"
    VALIDATION_PAIRS, TEST_PAIRS, SEED, RUN_FOLDER = "VALIDATION_PAIRS", "TEST_PAIRS", "SEED", "RUN_FOLDER"
    WEIGHTS, LOG_FIGURE, MODEL_CARD, LOG = "WEIGHTS", "LOG_FIGURE", "MODEL_CARD", "LOG"
    STEPS, P1, P3, P1_START, P3_START = "STEPS", "P1", "P3", "P1_START", "P3_START"
    MATCHES, MATCHES_START, BETTER, MESSAGES = "MATCHES", "MATCHES_START", "BETTER", "MESSAGES"
    CHOICES = (START_FROM, DEVICE, PRECISION)
    NUMBERS = (EPOCHS, MINUTES, BATCH, ACCUMULATE, LEARNING_RATE, SIZE, VALIDATION_PAIRS, TEST_PAIRS, SEED)
    TEXTS = (TRAINING_SET, START_WEIGHTS, PAIR_OPTIONS, RUN_FOLDER)

    def initAlgorithm(self, configuration=None):
        training_set = QgsProcessingParameterFile(
            self.TRAINING_SET, tr("Training set"), QgsProcessingParameterFile.Behavior.Folder
        )
        training_set.setHelp(tr("The folder that Build training set wrote; it needs a place that is held out."))
        self.addParameter(training_set)
        self.addParameter(
            define.choice(
                self.START_FROM,
                tr("Start from"),
                START_FROM,
                DEFAULT.start_from,
                tr(
                    "seasonal: this plugin's own network, untrained. seasonal-shipped: the same with the weights that "
                    "come with the plugin, to train on. All others: published matchers, whose weights must be in the "
                    "model store. What does not learn in them (SuperPoint, SIFT) stays as it is."
                ),
                "starts",
            )
        )
        start_weights = QgsProcessingParameterFile(
            self.START_WEIGHTS, tr("Start from a file of weights instead"), optional=True
        )
        start_weights.setFileFilter(tr("Weights (*.safetensors)"))
        start_weights.setHelp(tr("A file that training wrote, to train further; its notes say which network it is of."))
        self.addParameter(define.advanced(start_weights))
        self._add_length()
        self._add_steps()
        self._add_judging()
        self._add_outputs()

    def _add_length(self):
        self.addParameter(
            define.number(
                self.EPOCHS,
                tr("Epochs"),
                EPOCHS_DEFAULT,
                tr("An epoch is as many pairs as the training set has pictures to learn from. 0: MINUTES alone count."),
                minimum=0.0,
            )
        )
        self.addParameter(define.device(self.DEVICE))
        self.addParameter(
            define.number(
                self.MINUTES,
                tr("Time limit (minutes, 0 = none)"),
                DEFAULT.minutes,
                tr("Of work: time in which the computer sleeps does not count. The learning rate is fitted to it."),
                minimum=0.0,
            )
        )

    def _add_steps(self):
        for name, title, default, help_text, low, high in (
            (
                self.BATCH,
                tr("Pairs in memory at once"),
                DEFAULT.batch,
                tr("Where memory is not enough they are halved, and the log says so."),
                1,
                4096,
            ),
            (
                self.ACCUMULATE,
                tr("Batches a step"),
                DEFAULT.accumulate,
                tr("The gradients of so many batches are added up: large steps on a small card."),
                1,
                4096,
            ),
            (
                self.SIZE,
                tr("Size of the pairs (pixels, a multiple of 32)"),
                DEFAULT.size_px,
                tr("Width and height of the images that pairs are made of."),
                64,
                1024,
            ),
        ):
            parameter = define.number(name, title, default, help_text, minimum=low, maximum=high, integer=True)
            self.addParameter(define.advanced(parameter))
        rate = define.number(
            self.LEARNING_RATE,
            tr("Learning rate (0 = usual for what training starts from)"),
            DEFAULT.learning_rate,
            tr("The largest of the run: it rises over its first twentieth, then falls as a cosine."),
            minimum=0.0,
            maximum=1.0,
        )
        rate.setMetadata({"widget_wrapper": {"decimals": 6}})
        self.addParameter(define.advanced(rate))
        options = QgsProcessingParameterString(self.PAIR_OPTIONS, tr("Options of the pairs"), "", optional=True)
        options.setHelp(
            tr("name=value, with spaces between, such as motion=guided cross_season=0.5. The help has a table of them.")
        )
        self.addParameter(define.advanced(options))
        self.addParameter(
            define.advanced(
                define.choice(
                    self.PRECISION,
                    tr("Precision"),
                    PRECISIONS,
                    DEFAULT.precision,
                    tr("auto: bf16 where the processor or the card computes it, else fp16 on a card and fp32 here."),
                    "precisions",
                )
            )
        )

    def _add_judging(self):
        for name, title, default, help_text, low, high in (
            (
                self.VALIDATION_PAIRS,
                tr("Held-out pairs during training"),
                DEFAULT.validation_pairs,
                tr("They are matched every few minutes; the weights that match them best are kept."),
                1,
                1000,
            ),
            (
                self.TEST_PAIRS,
                tr("Held-out pairs before and after"),
                DEFAULT.test_pairs,
                tr("They tell whether training helped; about a hundred are needed to be sure of a few percent."),
                2,
                10_000,
            ),
        ):
            parameter = define.number(name, title, default, help_text, minimum=low, maximum=high, integer=True)
            self.addParameter(define.advanced(parameter))
        self.addParameter(define.seed(self.SEED))
        folder = QgsProcessingParameterFile(
            self.RUN_FOLDER, tr("Run folder"), QgsProcessingParameterFile.Behavior.Folder, optional=True
        )
        folder.setHelp(
            tr(
                "Keeps checkpoint, log and best weights, so that a stopped run goes on, and a finished one for more "
                "epochs. Left empty: one beside the weights, until these are written."
            )
        )
        self.addParameter(define.advanced(folder))

    def _add_outputs(self):
        weights = QgsProcessingParameterFileDestination(self.WEIGHTS, tr("Weights"), tr("Weights (*.safetensors)"))
        weights.setHelp(
            tr("The weights that did best on held-out pairs. A model card (.md) and the log (.csv) lie beside.")
        )
        self.addParameter(weights)
        self.addParameter(
            define.file_output(
                self.LOG_FIGURE,
                tr("Curves"),
                tr("PNG files (*.png)"),
                tr("The loss, and how many of the matches on held-out pairs are right, step by step."),
            )
        )
        self.addOutput(QgsProcessingOutputFile(self.MODEL_CARD, tr("Model card")))
        self.addOutput(QgsProcessingOutputFile(self.LOG, tr("Log")))
        for name, title in (
            (self.STEPS, tr("Number of steps")),
            (self.P1, tr("Share of matches within 1 pixel, after")),
            (self.P3, tr("Share of matches within 3 pixels, after")),
            (self.P1_START, tr("Share of matches within 1 pixel, before")),
            (self.P3_START, tr("Share of matches within 3 pixels, before")),
            (self.MATCHES, tr("Matches a pair, after")),
            (self.MATCHES_START, tr("Matches a pair, before")),
            (self.BETTER, tr("Better with 95 % confidence (1 or 0)")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))
        self.addOutput(QgsProcessingOutputString(self.MESSAGES, tr("Messages")))

    # -- in the main thread --------------------------------------------------------------------------------------------

    def check(self, parameters, context):
        texts = self._texts(parameters, context)
        folder = texts[self.TRAINING_SET]
        if not folder:
            raise ParameterError(tr("TRAINING_SET: name the folder that Build training set wrote."))
        if not os.path.isdir(folder):
            raise ParameterError(tr("TRAINING_SET: the folder {folder} does not exist.").format(folder=folder))
        start = texts[self.START_WEIGHTS]
        if start and not os.path.isfile(start):
            raise ParameterError(tr("START_WEIGHTS: the file {file} does not exist.").format(file=start))
        for name in self.CHOICES:
            checks.choice(self, parameters, name, context)
        numbers = {name: checks.number_in_range(self, parameters, name, context) for name in self.NUMBERS}
        if not numbers[self.EPOCHS] and not numbers[self.MINUTES]:
            raise ParameterError(tr("EPOCHS, MINUTES: one of them must say how long to train."))
        if numbers[self.SIZE] % 32:
            raise ParameterError(tr("SIZE: it must be a multiple of 32, not {size:g}.").format(size=numbers[self.SIZE]))
        weights = checks.destination_file(parameters.get(self.WEIGHTS), context)
        if weights and not weights.lower().endswith(".safetensors"):
            raise ParameterError(tr("WEIGHTS: give a name that ends in .safetensors, not {path}.").format(path=weights))
        checks.destinations(self, parameters, context, [start])

    def collect(self, parameters, context, feedback):
        return TrainingInputs(
            choices={name: checks.choice(self, parameters, name, context) for name in self.CHOICES},
            numbers={name: checks.number_in_range(self, parameters, name, context) for name in self.NUMBERS},
            texts=self._texts(parameters, context),
            python=engine_python(),
            model_folder=model_folder(),
        )

    def _texts(self, parameters, context):
        return {name: self.parameterAsString(parameters, name, context) for name in self.TEXTS}

    # -- in the background ---------------------------------------------------------------------------------------------

    def work(self, collected, parameters, context, feedback, folder):
        choices, numbers, texts = collected.choices, collected.numbers, collected.texts
        job = TrainMatcherJob(
            training_set=texts[self.TRAINING_SET],
            start_from=texts[self.START_WEIGHTS] or choices[self.START_FROM],
            epochs=float(numbers[self.EPOCHS]),
            minutes=float(numbers[self.MINUTES]),
            batch=int(numbers[self.BATCH]),
            accumulate=int(numbers[self.ACCUMULATE]),
            learning_rate=float(numbers[self.LEARNING_RATE]),
            size_px=int(numbers[self.SIZE]),
            options=texts[self.PAIR_OPTIONS],
            precision=choices[self.PRECISION],
            validation_pairs=int(numbers[self.VALIDATION_PAIRS]),
            test_pairs=int(numbers[self.TEST_PAIRS]),
            device=choices[self.DEVICE],
            seed=int(numbers[self.SEED]),
            model_folder=collected.model_folder,
            run_folder=texts[self.RUN_FOLDER],
            weights=self.parameterAsFileOutput(parameters, self.WEIGHTS, context),
            log_figure=self.parameterAsFileOutput(parameters, self.LOG_FIGURE, context),
        )
        outcome = run_engine(job, collected.python, feedback)
        outputs = outcome.outputs
        return {
            **files_written({self.WEIGHTS: job.weights, self.LOG_FIGURE: job.log_figure}),
            **files_written({self.MODEL_CARD: outputs.get("card"), self.LOG: outputs.get("log")}),
            self.STEPS: outcome.steps,
            self.P1: number(outcome.p1),
            self.P3: number(outcome.p3),
            self.P1_START: number(outcome.p1_start),
            self.P3_START: number(outcome.p3_start),
            self.MATCHES: number(outcome.matches),
            self.MATCHES_START: number(outcome.matches_start),
            self.BETTER: int(outcome.better),
            self.MESSAGES: "\n".join(outcome.messages),
        }
