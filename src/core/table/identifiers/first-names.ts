/**
 * Frequent first names of English, German, French, Spanish and Italian speaking countries and of families who moved there,
 * in small letters and without accents. Names that are clinical, geographic or everyday words as well (April, Iris, Virginia,
 * Dolores, Mark, Hunter) are left out: a level that is one of them says nothing.
 */
export const FIRST_NAMES: ReadonlySet<string> = new Set(
  `aaron abdul abdullah abigail abraham achille ada adam adela adolf adrian adriana adrien agathe agnes
agnieszka agustin agustina ahmad ahmed ahmet aiden aime ainhoa aisha aitana aitor alain alan albert alberta
alberto aldo alejandra alejandro alessandra alessandro alessia alessio alex alexander alexandra alexandre
alexis alfie alfonso alfred alfredo ali alice alicia alina aline alison alistair alix allan allen allison
alma alois alonzo alphonse alton alvaro alvin alyssa amalia amanda amandine amaury amaya ambroise amelia
amelie amina amit amos amparo amy ana anabel anais ander andre andrea andreas andree andres andrew andrzej
andy angela angelika angelique angelo angie angus anil anita anja anke ann anna anne annegret anneliese
annemarie annette annick annie annika anouk anthony antje antoine antoinette anton antonella antonia
antonietta antonio aoife apolline arantxa archie arlene arlette armand armando armelle armin arnaud arne
arnold arthur arturo ashley asier astrid asuncion aude audrey august auguste augusto aurelia aurelie
aurelien aurore ava ayse baltasar baptiste barbara barry bartolome bartolomeo bastien battista beate
beatrice beatrix beatriz becky begona belinda ben benedetto benedicte benedikt benita benito benjamin
bennie benny benoit bentley berenice bernadette bernard bernarda bernardo bernd bernhard bernice bert berta
bertha berthe bertram bessie beth bettina betty beverly biagio bianca bilal billie billy birgit bjoern
bjorn blaise blake blanche blandine bob bobbie bobby bonnie borja bradford bradley brandi brandon brenda
brendan brent brett brian brigida brigitte britta brittany bronwyn bruce bruna bruno bryan burkhard byron
caleb callum calogero calvin cameron camila camilla camille camillo candace candelaria candido carine carl
carla carlo carlos carlota carlotta carlton carmela carmelo carmen carmine carol carola carole carolin
carolina caroline carolyn carrie carsten casandra casey cassandra catalina caterina catherine cathy catrin
cayetano cecil cecile cecilia cedric celia celine cerys cesar cesare chad chantal charlene charles charlie
charline charlotte cheryl chester chiara chloe chris christa christel christelle christiane christina
christine christoph christophe christopher christy ciara ciaran cindy cinzia ciro claire clara clarence
clarisse claude claudette claudia claudine claudio clayton clemence clement clifford clint clinton clive
clotilde clyde cody colette colin colleen colton concepcion concetta connie connor conor conrad constanza
consuelo cora coralie corey corinne cormac cornelia cornelius cory cosimo costantino courtney craig
cristian cristiano cristina cristobal curtis cynthia cyril dafydd dagmar damian damiano damien damon dan
dana daniel daniela daniele danielle danny darin dario darlene darnell darrell darren darryl daryl dave
david davide deanna debbie debora deborah debra declan deepa delbert delfina delores delphine denis denise
dennis derek derrick desmond detlef devin dewey dexter diana diane dianne didier diego dieter diethelm
dietmar dietrich dino dionisio dirk dmitri domenico domingo dominic dominik dominique donald donatella
donato donna dora doris dorothea dorothee dorothy doug douglas dragan drew duane duncan dustin dwayne
dwight dylan eamon earl earnest easton eberhard eckhard eddie edeltraud edgar edith edmond edmund edna
edoardo edouard eduard eduardo edward edwin efrain egidio egon eileen elaine elbert eleanor elena eleonora
elfriede eliane elias elif elijah elio elisa elisabeth elisabetta elise elizabeth elke ella ellen elmer
elodie eloisa eloise eloy elsie elvira emanuela emanuele emil emile emilia emilie emilio emily emine emma
emmi emre emyr encarnacion eneko engelbert ennio enrico enrique eric erica erich erick erik erika erin
ermanno erna ernest ernestina ernesto ernst ervin erwan erwin esteban estefania estelle esther ethan ethel
etienne ettore euan eugene eugenia eugenie eugenio eulalia eunice eva evan evaristo eveline evelyn evelyne
everett evie ewa ewald ewan ezio fabian fabiana fabien fabienne fabio fabrice fabricio fabrizio facundo
fannie fanny fatima fatma fausto faye federica federico felicia felicitas felipe felisa felix ferdinand
ferdinando fermin fernand fernanda fernando fidel filippo filomena finley finn fiona fiorenzo firmin flavia
flavie flavio florencio florian floyd forrest franca frances francesca francesco francis francisca
francisco franck franco francois francoise frank frankie franklin franz franziska fraser frauke fred
freddie frederic frederick freya frieda friederike friedrich fulgencio fulvio gabriel gabriele gabriella
gabrielle gael gaelle gaetano gaia gail gareth garry gary gaspar gaston gauthier gavin gema gemma genaro
genevieve gennaro genoveva geoffrey geoffroy georg george georges georgette georgina geraint gerald
geraldine gerard gerardo gerd gerda gerhard gerlinde germain germaine german germano gernot gero gertrud
gertrude ghislaine giacomo giada giancarlo gianfranco gianluca gianluigi gianna gianni gianpaolo gilbert
gilberte gilberto gilles gina gines ginevra gino giorgia giorgio giovanna giovanni gisbert gisela gisele
giulia giuliana giuliano giulio giuseppe giuseppina gladys glen glenda glenn gontran gonzalo goran gordon
gorka gottfried grace graciela grady graham grazia graziano graziella greg gregg gregorio gregory greta
guadalupe gudrun guenter guenther guido guillaume guillermo gunter gunther gustav gustave gustavo gwendolyn
hailey hakan hamid hamish hamza hanna hannah hannelore hans harald harold harriet harrison harry hartmut
harvey hassan hattie heather hector heidi heidrun heike heiko heiner heinrich heinz helen helene helga
helge helmut hendrik henning henri henriette henrik henry herbert heriberto herman hermann herminia herta
hertha herve hilario hilda hilde hildegard hilmar hiltrud hinrich hippolyte hiroshi holger holm homer
honore honorio horace horacio horst hortense hortensia howard hubert hugh hugo huguette hui humberto
hussein huw ian ibrahim ida ieuan ignacia ignacio ignaz ignazio iker ilaria ilse imke immacolata imogen
imran ines inez inge ingeborg ingo ingrid inmaculada irene irina irma irmgard irvin irving isaac isabel
isabella isabelle isaiah isidora isidro isla ismael isolde israel italo itziar ivan ivana ivano ivo jacinta
jacinto jack jacky jacob jacopo jacqueline jacques jade jaime jakob james jamie jana jane janet janice
janie janina janine jannik jannis janusz jared jasmin jason javier jayden jean jeanette jeanne jeannine
jeff jeffery jeffrey jelena jennie jennifer jenny jens jeremiah jeremy jermaine jerome jeronimo jerry jesse
jessica jessie jesus jill jim jimena jimmie jimmy jing joachim joan joann joanna joanne joaquin joaquina
jocelyn jocelyne jochen jodi joe joel joelle joerg johann johanna johannes john johnathan johnnie johnny
jolanthe jon jonas jonathan jonathon jordi jorg jorge jorgelina jose josef josefa josefina josep joseph
josephine josette josh joshua jost jovana joyce juan juana juanita judith judy juergen jules julia julian
julie julien juliette julio julius jurgen justin justus jutta kaethe kai karen karim karin karine karl
karlheinz karoline karsten katarzyna katharina kathe katherine kathleen kathrin kathryn kathy katie katja
katrin katrina kay kayden kayla kaylee keith kelly kelvin ken kenji kenneth kenny kent kerstin kevin
khadija khalid kieran kilian kim kimberly kirk klara klaus knut konrad konstantin korbinian kristen kristi
kristin kristina kristine kristopher krzysztof kumar kurt kyle kylie laetitia lakshmi lamar lance landon
larry lars laura laure lauren laurence laurent lauriane laurie lawrence layla lazaro lea leah leandro lee
leila leire leland lena leo leocadia leon leona leonard leonardo leonhard leonie leonor leopold leopoldo
leroy leslie lester leticia letizia levi lewis liam lidia lieselotte liliana liliane lillian lillie lina
linda lindsay lindsey lino linus lionel lisa lisandro liselotte lisette livia livio lloyd logan loic lois
lola lonnie loredana loren lorena lorenz lorenzo loretta lori loris lothar lotte louis louisa louise
louisette louna lourdes lowell luana luca lucas lucette lucia luciana luciano lucie lucien lucienne lucille
lucy ludmila ludovic ludovica ludwig luigi luigia luis luisa luise luka lukas luke luther lydia lydie lyle
lynda lynn mabel macarena macario maddalena madeleine madeline madelyn mae mael mafalda magali magdalena
magnus maike maisie maite malcolm malgorzata malte manfred manon manuel manuela marc marcel marcelino
marcella marcelle marcelline marcello marcelo marcia marcin marco marcos marcus marek margaret margarete
margarethe margarita margaux margherita margie margit margot margret marguerite maria marian marianna
marianne mariano maribel marie marilyn marina marino mario marion marisa marisol marjorie markus marlene
marsha marshall marta martha martin martina martine marty marvin mary maryann maryse massimo mathew mathieu
mathilda mathilde mathis matias matilde mats matt matteo matthew matthias matthieu mattia mattie maud maura
maureen maurice mauricio maurizio mauro maxence maxime maximilian maximo maxine mechthild megan mehmet mei
meike meinhard melanie melinda melissa melody melvin merle mia micaela michael michaela micheal michel
michela michele michelle mickael miguel mike mikel milan mildred milena milica millie milton minna minnie
mireille mirella miriam mirko mitchell modesto mohamed mohammad mohammed moises molly monica monika monique
montserrat morag morena moreno morgane moritz morris moses muhammad murat muriel mustafa myriam myron
myrtle nadege nadia nadine nadja nancy naomi narciso natalia natalie natalina natasha nathalie nathan
nathaniel neal neil nellie nello nelson nerea nestor niall niamh nicholas nick nico nicola nicolas nicole
nicoletta nieves nigel niklas nikola nils nina nino noah noelia noelle noemi noemie nora norbert norberto
norma norman nunzia nunzio nuria oceane octave octavio odette odile olaf ole olga oliver olivia olivier
omar ophelie orazio oreste oriana orla ornella ortwin orville oscar oskar osvaldo oswald otis ottavio
ottilie ottmar otto owain owen pablo pacome padraig paloma paola paolo pascal pascale pascual pasquale
patricia patricio patrick patrizia patrizio patsy paul paula paulette paulina pauline pawel pedro peggy
penny percy perrine perry pete peter petra peyton phil philip philipp philippe phillip phoebe phyllis pia
pierina pierluigi piero pierre pierrette pietro piotr placido poppy preston primitivo priscilla priya
purificacion quentin rachel rachid rafael raffaele raffaella rahul raimundo rainer raj ralf ralph ramiro
ramon ramona randall randolph randy raphael raquel raul ravi raymond raymonde rebeca rebecca reece reginald
regine regis reiner reinhard remi remo remy renata renate renato rene renee renzo rhiannon rhonda rhys
ricardo riccardo richard rick rickey ricky rigoberto rinaldo rino rita robert roberta roberto robin rocco
roch rocio roderick rodney rodolfo rodolphe rodrigo rogelio roger roisin roland rolande rolando rolf romain
roman romeo romina romuald ronald ronnie roosevelt roque rory rosa rosalba rosalia rosalie rosana rosanna
rosaria rosario rosaura rosemarie rosemary rosetta rosi rosie ross rossana rossella roswitha roxane roy
ruben rudolf rudolph rudy rufus ruggero rupert russell ruth ryan sabina sabine sabino sabrina sally salome
salvador salvatore sam samantha samira samuel sandra sandrine sandro sandy sanjay santiago sara sarah
sascha saskia saturnino saul saverio scott seamus sean sebastian sebastiano sebastien sepp serena serge
sergei sergio seth severine severino shane shannon sharon shaun shawn sheila sheldon shelly sherman sherri
sherry sheryl shirley sidney siegfried siegmund sigrid silke silvana silvano silvestre silvia silvio simon
simona simone simonne sina sinead siobhan sofia solange solene sonia sonja sonya sophia sophie stacey stacy
stanislaw stanley stefan stefania stefanie stefano steffen stella stephane stephanie stephen steve steven
stewart stuart sue sunil sunita susan susana susanna susanne suzanne suzette sven svenja svetlana swetlana
sylvain sylvester sylvia sylviane sylvie tamara tammy tania tanja tanya tara tariq tatiana ted teodoro
terence teresa terrance terrell terrence terri terry thelma theo theodor theodore theresa therese thibault
thierry thomas thorsten tiffany till tilo tim timo timothy tina tiphaine tiziana tiziano tobias toby todd
tom tomas tomasz tommaso tommy toni tony tonya torsten tracey tracy traudel travis trevor tristan troy
tyler tyrone ubaldo udo ugo uli ulises ulla ulrich ulrike ulysse umberto unai urbano ursel ursula ursule
uta ute uwe valentin valentina valentine valeria valerie valerio valter vanda vanessa velma vera verena
vernon veronica veronika veronique vicente vicki vickie victor victorine vijay vincent vincenza vincenzo
viola virgil virginie vito vittoria vittorio vivian viviana viviane vladimir volker walburga wallace walter
waltraud wanda warren wayne wei wendell wendy werner wesley wiebke wilbert wilbur wilfred wilfried wilhelm
wilhelmine willard willi william willie willis willy wilma winfried wolfgang wolfram woodrow wyatt xabier
xaver xavier ximena xin yan yann yannick yasmin yolanda yolande yole youssef yuki yusuf yveline yves yvette
yvon yvonne zachary zaira zeynep zita zoe zofia zoran`.split(/\s+/),
);
