/**
 * Frequent surnames of the same countries, in small letters and without accents, without those that are colours, trades, places
 * or clinical words (White, Young, Baker, Hill, Parkinson).
 */
export const SURNAMES: ReadonlySet<string> = new Set(
  `ackermann adams aguilar ahmed aigner albrecht alexander ali allen alonso alvarez amato anderson andre
andrews arias armstrong arnaud arnold aubert aubry auer aydin bader bailey bailly barbier barbieri barnes
barnett barrett barth basile bates battaglia bauer baumann beck becker begum bellini benedetti benitez
bennett benoit berger bergmann bernard bernardi bertrand beyer bianchi binder blanchard boehm bohm bonnet
bourgeois bowman boyd boyer bradley brandt brewer brooks brunet brunner bruno bryant burke burns burton
busch butler byrd cabrera caldwell calvo campbell cano carbone carlson carmona caron carpentier carr
carrasco carroll caruso castillo castro cattaneo celik chambers chapman charles charpentier chavez
chevalier chowdhury clark clement colas cole coleman collin collins colombo conrad conti coppola costantini
cox craig crawford crespo cruz cunningham damato damico dangelo daniels david davidson davis deangelis
delgado deluca demir denis derosa desantis deschamps diaz dietrich dietz diez dixon dominguez donati dubois
dufour dumas dumont duncan dunn dupont dupuis dupuy duran durand duval ebert eder edwards egger elliott
ellis ernst esposito esteban evans fabbri fabre faure ferguson fernandez ferrara ferrari ferraro ferrer
ferretti ferri fiedler fiore fischer fleming fletcher flores fontana foster fournier fowler francois frank
franke frazier freeman frey friedrich fuchs gaillard gallardo gallego galli gallo garcia gardner garnier
garrett garrido garza gatti gauthier gautier gentile gerard gibson gil gilles gimenez giordano girard
giraud giuliani gomez gonzales gonzalez gordon graham grassi grasso greco greene griffin gruber guenther
guerin guillaume guillot gunther gupta gutierrez guyot haas hahn haider hale hamilton hansen hanson harper
harris harrison hartmann harvey hawkins hayes haynes heinrich heinz henderson hermann hernandez herrera
herrero herrmann hicks hofer hoffman hoffmann hofmann holmes holt horton howard howell huber hubert huet
hughes hussain ibanez iglesias jacobs jaeger jager james jean jenkins jennings jensen jimenez johnson
johnston jones kaur kaya keller kelley kennedy kessler khan koch koehler kohler konig konrad kowalski
kraemer kramer kraus krause krueger kruger kuehn kuhn kumar lacroix lambert lange larson laurent lawrence
lawson lechner leclerc leclercq lecomte lee lefebvre lefevre lehmann leitner lemaire lemoine leroux leroy
lewis lindner lombardi lombardo lopez lorenz lorenzo louis lowe lucas ludwig lutz maier mancini marchand
marchetti mariani marie marini marino marquez marshall martin martinelli martinez martini martino masson
mathieu matthews mayer mazza mccoy mcdaniel mcdonald mckinney medina meier menard mendez mendoza mercier
messina meunier meyer michel milani mitchell moeller molina moller montero montgomery monti moore morales
moreau morel morelli moretti morgan morin morris morrison moser moya mueller muller munoz murphy murray
myers naumann neal nelson neumann newman nguyen nichols nicolas nieto noel nowak nunez obrien oconnor
oliver olivier olson orlandi orlando ortega ortiz osullivan owens ozturk pagano palmieri palumbo parisi
parra pascual patel patterson payne pearson pellegrini pellegrino perez perkins perrin perrot perry peter
peters peterson pfeifer pfeiffer philippe phillips picard pierce piras pohl poirier pons poulain powell
ramirez ramos reid reiter renard renaud reuter reyes reynolds rhodes ricci richard richards richardson
richter riedel riley rinaldi rivera rizzi rizzo robert roberts robertson robin robinson rodriguez rodriquez
roger rogers rojas rolland romano romero ross rossi roth rousseau roussel roux roy ruggiero ruiz russell
russo ryan saez sanchez sanders sanna santoro santos sanz sartori schaefer schafer schmid schmidt schmitt
schmitz schneider scholz schreiber schroder schroeder schubert schulte schulz schulze schumacher schuster
scott seidel seifert serra serrano shah sharma shaw shelton silva silvestri simmons simon simpson sims
singh smith snyder soler sorrentino spencer steiner stephan stephens stevens stewart suarez sullivan sutton
thiel thomas thompson torres tucker ullrich ulrich valentini vargas vasquez vasseur vaughn vazquez velasco
vicente vidal vincent vitale vitali vogel vogt voigt wagner wallace wallner walter walters warren watkins
watson watts webb weber welch wendt werner wheeler williams williamson willis wilson wimmer winkler wolff
wright yilmaz ziegler zimmermann`.split(/\s+/),
);
